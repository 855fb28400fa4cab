package org.medcue.cdshooks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A call of the order-select hook, read and validated.
 *
 * @param hookInstance the call
 * @param patientId bare id of the Patient
 * @param encounterId bare id of the Encounter, where there is one
 * @param selections {@code Type/id} of the orders selected
 * @param draftOrders the Bundle of unsigned orders
 * @param prefetch what the client sent, by key; JSON null where a query found nothing
 */
record OrderSelectRequest(
    UUID hookInstance,
    String patientId,
    Optional<String> encounterId,
    List<String> selections,
    JsonNode draftOrders,
    Map<String, JsonNode> prefetch) {

  OrderSelectRequest {
    selections = List.copyOf(selections);
  }
}
