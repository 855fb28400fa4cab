package org.medcue.tenant;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What an admin says about an EHR.
 *
 * @param name for people
 * @param issuer the {@code iss} of its tokens
 * @param keySet its public keys as a JWK Set (RFC 7517), where they were given out of band
 * @param jkus URLs from which its keys may be read; the first is read where a token names none and
 *     there is no key set
 * @param fhirServers FHIR servers that Medcue may read from
 * @param origins origins of browser clients (CORS)
 * @param publicBase where this EHR reaches Medcue, if not at {@code medcue.public-base}
 * @param requestsPerMinute how many calls are answered in the long run
 * @param burst how many calls are answered at once
 * @param dryRun everything is computed and logged, and no card is shown
 * @param enabled whether its calls are answered at all
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TenantSettings(
    String name,
    String issuer,
    Optional<JsonNode> keySet,
    List<String> jkus,
    List<FhirServer> fhirServers,
    List<String> origins,
    Optional<String> publicBase,
    int requestsPerMinute,
    int burst,
    boolean dryRun,
    boolean enabled) {

  public TenantSettings {
    jkus = List.copyOf(jkus);
    fhirServers = List.copyOf(fhirServers);
    origins = List.copyOf(origins);
  }

  TenantSettings disabled() {
    return new TenantSettings(
        name,
        issuer,
        keySet,
        jkus,
        fhirServers,
        origins,
        publicBase,
        requestsPerMinute,
        burst,
        dryRun,
        false);
  }
}
