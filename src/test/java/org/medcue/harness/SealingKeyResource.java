package org.medcue.harness;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Base64;
import java.util.Map;

/** A key that the package and the commands are configured with. */
public final class SealingKeyResource implements QuarkusTestResourceLifecycleManager {

  @Override
  public Map<String, String> start() {
    return Map.of("medcue.sealing.keys.it", Base64.getEncoder().encodeToString(new byte[32]));
  }

  @Override
  public void stop() {
    // nothing was started
  }
}
