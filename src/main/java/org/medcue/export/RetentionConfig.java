package org.medcue.export;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long data of patients are kept. */
@ConfigMapping(prefix = "medcue.retention")
public interface RetentionConfig {

  /** Sealed content: evidence, draft orders, cards, scores, the doctor's words. */
  @WithDefault("P90D")
  Duration evidence();

  /** Entries of the log with their cards, suggestions and feedback. */
  @WithDefault("P3650D")
  Duration recommendations();

  /** When what has expired is deleted: seconds, minutes, hours, day, month, weekday. */
  @WithDefault("0 30 2 * * ?")
  String purgeCron();
}
