package org.medcue.cdshooks;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How what a client did not send is read from its FHIR server. */
@ConfigMapping(prefix = "medcue.cds-hooks.fetch")
interface FetchConfig {

  /** What the model and the checks get of a call's time budget. */
  @WithDefault("200ms")
  Duration reserve();

  /** The most Medications that are read one by one in one call. */
  @WithDefault("20")
  int medications();

  /** When a tenant's FHIR server is no longer asked. */
  Breaker breaker();

  /** A circuit breaker for each tenant. */
  interface Breaker {

    /** The last calls that are looked at. */
    @WithDefault("10")
    int calls();

    /** The share of them, 0 to 1, that must have failed. */
    @WithDefault("0.5")
    double failureRatio();

    /** How long the server is then left alone. */
    @WithDefault("10s")
    Duration delay();
  }
}
