package org.medcue.cdshooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a suggestion does to the draft orders.
 *
 * @param type {@code create} or {@code update}
 * @param description for people
 * @param resource the whole resource
 */
public record Action(String type, String description, JsonNode resource) {

  /**
   * What of the order is Medcue's: not its reasons and notes, which may say what a patient said.
   */
  private static final List<String> KEPT =
      List.of("resourceType", "id", "status", "intent", "subject", "medicationCodeableConcept");

  /** The same without what the client wrote into the order. */
  Action forLog() {
    return resource instanceof ObjectNode order
        ? new Action(type, description, order.deepCopy().retain(KEPT))
        : this;
  }
}
