package org.medcue.cdshooks.trust;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How EHRs are trusted. */
@ConfigMapping(prefix = "medcue.client-trust")
interface TrustConfig {

  /** Whether a call needs a token. */
  enum Mode {
    REQUIRED,
    /** For development and tests: whoever calls is the tenant {@code local}. */
    NONE
  }

  @WithDefault("required")
  Mode mode();

  /** The longest time from {@code iat} to {@code exp} of a token. */
  @WithDefault("5M")
  Duration tokenLifetime();

  /** How far the clock of an EHR may be off. */
  @WithDefault("60S")
  Duration clockSkew();
}
