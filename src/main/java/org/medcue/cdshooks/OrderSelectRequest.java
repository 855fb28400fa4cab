package org.medcue.cdshooks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.medcue.recommendation.HookCall;

/**
 * A call of the order-select hook, read and validated.
 *
 * @param hookInstance the call
 * @param userId {@code Type/id} of the clinician
 * @param patientId bare id of the Patient
 * @param encounterId bare id of the Encounter, where there is one
 * @param selections {@code Type/id} of the orders selected
 * @param draftOrders the Bundle of unsigned orders
 * @param prefetch what the client sent, by key; JSON null where a query found nothing
 * @param fhirAccess the FHIR server and the token to read from it, where both were sent
 */
record OrderSelectRequest(
    UUID hookInstance,
    String userId,
    String patientId,
    Optional<String> encounterId,
    List<String> selections,
    JsonNode draftOrders,
    Map<String, JsonNode> prefetch,
    Optional<FhirAccess> fhirAccess) {

  OrderSelectRequest {
    selections = List.copyOf(selections);
  }

  /** The call as it is logged, for the tenant that made it. */
  HookCall of(String tenant) {
    return new HookCall(tenant, hookInstance, userId, patientId, encounterId);
  }

  /** The same call with another prefetch. */
  OrderSelectRequest with(Map<String, JsonNode> prefetch) {
    return new OrderSelectRequest(
        hookInstance,
        userId,
        patientId,
        encounterId,
        selections,
        draftOrders,
        prefetch,
        fhirAccess);
  }
}
