package org.medcue.platform.sealing;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Makes the keys and the sealer of the running service. */
final class SealingWiring {

  private static final Logger LOG = Logger.getLogger(SealingWiring.class);

  /** At start, so that bad keys do not wait for the first patient. */
  @Produces
  @Singleton
  @Startup
  SealingKeys keys(SealingConfig config) {
    if (config.keys().isEmpty() && LaunchMode.current().isDevOrTest()) {
      LOG.warn(
          "Patient data are sealed with a key that ends with this process: for development only."
              + " Set medcue.sealing.keys.<id> to keep them readable.");
      return SealingKeys.generated();
    }
    return SealingKeys.of(config.keys(), config.activeKey());
  }

  @Produces
  @Singleton
  Sealer sealer(SealingKeys keys) {
    return new Sealer(keys);
  }
}
