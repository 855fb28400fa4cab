package org.medcue.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * The context of an order-select or order-sign call.
 *
 * @param patientId the patient
 * @param encounterId the Encounter, if the context names one
 * @param draftOrders the Bundle of orders that are being written
 * @param selections {@code Type/id} of those that the doctor selected
 */
public record OrderContext(
    String patientId, Optional<String> encounterId, JsonNode draftOrders, List<String> selections) {

  public OrderContext {
    selections = List.copyOf(selections);
  }
}
