package org.medcue.cdshooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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

  private static final List<String> CODES = List.of("resourceType", "id", "status", "intent");
  private static final String PATIENT = "Patient/";
  private static final String DRUG = "medicationCodeableConcept";

  /**
   * The same without what the client wrote into the order: its reasons and notes may say what a
   * patient said, and so may anything else that is free text, the subject's display for one.
   */
  Action forLog() {
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    for (String name : CODES) {
      if (RequestFields.ID.matcher(resource.path(name).asText()).matches()) {
        kept.set(name, resource.path(name));
      }
    }
    String subject = resource.at("/subject/reference").asText();
    if (subject.startsWith(PATIENT)
        && RequestFields.ID.matcher(subject.substring(PATIENT.length())).matches()) {
      kept.putObject("subject").put("reference", subject);
    }
    kept.set(DRUG, resource.path(DRUG));
    return new Action(type, description, kept);
  }
}
