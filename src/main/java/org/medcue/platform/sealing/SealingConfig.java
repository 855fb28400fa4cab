package org.medcue.platform.sealing;

import io.smallrye.config.ConfigMapping;
import java.util.Map;
import java.util.Optional;

/** Keys that seal patient data; they belong into the environment or a file of secrets. */
@ConfigMapping(prefix = "medcue.sealing")
public interface SealingConfig {

  /** 32 bytes in base64, by key id. */
  Map<String, String> keys();

  /** Id of the key under which new values are sealed; not needed where there is one key. */
  Optional<String> activeKey();
}
