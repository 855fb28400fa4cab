package org.medcue.harness;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The service as EHRs meet it: no call without a token. */
public final class TrustRequired implements QuarkusTestProfile {

  /** Where EHRs believe the service to be: behind a proxy. */
  public static final String PUBLIC_BASE = "https://medcue.hospital.example";

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of("medcue.client-trust.mode", "required", "medcue.public-base", PUBLIC_BASE);
  }
}
