package org.medcue.serving;

import io.smallrye.config.ConfigMapping;
import java.util.Map;

/** Which version answers for which service. */
@ConfigMapping(prefix = "medcue.serving")
interface ServingConfig {

  /** Model version by CDS service: {@code medication-suggestions-visits=mrkpa/1.0.0}. */
  Map<String, String> active();
}
