package org.medcue.cdshooks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medcue.fhir.FhirException;
import org.medcue.platform.RequestRefusedException;

/**
 * A call with all that was sent and fetched.
 *
 * @param request the call, its prefetch completed
 * @param fetched the keys that came from the FHIR server
 * @param notFetched why nothing was read from there, or not the patient; empty where it was not to
 *     be asked
 */
record CompletedPrefetch(
    OrderSelectRequest request, Set<String> fetched, Optional<String> notFetched) {

  private static final String PATIENT_PATH = "prefetch." + ServiceCatalog.PATIENT;

  private static final String NOT_SENT =
      "missing, send what the prefetch template asks for, or fhirServer and fhirAuthorization to"
          + " read it with";
  private static final String FAILED = "the query failed at the client, and it is required";

  /** What was sent, as it is. */
  static CompletedPrefetch asSent(OrderSelectRequest request) {
    return new CompletedPrefetch(request, Set.of(), Optional.empty());
  }

  static CompletedPrefetch notFetched(OrderSelectRequest request, String why) {
    return new CompletedPrefetch(request, Set.of(), Optional.of(why));
  }

  /**
   * Why there is no answer (412, saying what to do about it), if the patient is missing. Null means
   * that the client asked and found nothing: that is an answer, not a lack.
   */
  Optional<RequestRefusedException> lackOfPatient() {
    @Nullable JsonNode patient = request.prefetch().get(ServiceCatalog.PATIENT);
    if (patient != null && !failed(patient)) {
      return Optional.empty();
    }
    String lacking = patient == null ? NOT_SENT : FAILED;
    String message = notFetched.map(why -> "neither sent nor fetched: " + why).orElse(lacking);
    return Optional.of(new RequestRefusedException(412, PATIENT_PATH, message));
  }

  /** Whether a query failed that gave this. */
  static boolean failed(JsonNode content) {
    return content.path("resourceType").asText("").equals("OperationOutcome");
  }

  /** What a call is refused with of which something cannot be used: it may not be the client's. */
  RuntimeException refusal(FhirException unusable) {
    String path = unusable.path();
    boolean ours = fetched.stream().anyMatch(key -> path.equals("prefetch." + key));
    return ours
        ? new RequestRefusedException(
            412, path, "read from the FHIR server, cannot be used: " + unusable.expectation())
        : unusable;
  }
}
