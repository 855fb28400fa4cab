package org.medcue.fhir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/**
 * Cuts a resource down to the elements that Medcue reads, so that nothing else can hurt: unknown
 * elements, extensions of any shape, narratives, deep nesting. It also makes parsing quick.
 */
final class FhirJson {

  static final ObjectMapper MAPPER = new ObjectMapper();

  /** Far more than the elements read ever need, far less than a thread's stack holds. */
  private static final int MAX_DEPTH = 64;

  private static final Map<String, Set<String>> READ =
      Map.of(
          "Patient", Set.of(),
          "Encounter", Set.of("status", "subject", "period", "reasonCode"),
          "Condition",
              Set.of(
                  "clinicalStatus",
                  "verificationStatus",
                  "code",
                  "subject",
                  "encounter",
                  "onsetDateTime",
                  "onsetPeriod",
                  "abatementDateTime",
                  "abatementPeriod",
                  "abatementAge",
                  "abatementRange",
                  "abatementString",
                  "recordedDate"),
          "Medication", Set.of("code"),
          "MedicationRequest",
              Set.of(
                  "status",
                  "intent",
                  "doNotPerform",
                  "medicationCodeableConcept",
                  "medicationReference",
                  "subject",
                  "encounter",
                  "authoredOn",
                  "contained"),
          "AllergyIntolerance",
              Set.of("clinicalStatus", "verificationStatus", "code", "patient", "reaction"));

  private FhirJson() {}

  /** The JSON is not FHIR; carries no content. */
  static final class NotFhir extends Exception {
    private static final long serialVersionUID = 1L;

    NotFhir() {
      super("not FHIR R4", null, false, false);
    }
  }

  static JsonNode parse(String json) throws NotFhir {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new NotFhir();
    }
  }

  /** The resource's type, empty where it states none. */
  static String typeOf(JsonNode resource) {
    return resource.path("resourceType").asText("");
  }

  static boolean isRead(String resourceType) {
    return READ.containsKey(resourceType);
  }

  /**
   * A copy with the elements that are read; the original stays as it is.
   *
   * @throws NotFhir if it is nested deeper than any FHIR resource
   */
  static ObjectNode cut(JsonNode resource) throws NotFhir {
    String type = typeOf(resource);
    Set<String> read = READ.getOrDefault(type, Set.of());
    ObjectNode cut = JsonNodeFactory.instance.objectNode().put("resourceType", type);
    for (Map.Entry<String, JsonNode> element : resource.properties()) {
      String name = element.getKey();
      if (name.equals("contained")) {
        cutContained(element.getValue(), cut, read.contains(name));
      } else if (name.equals("id") || read.contains(name)) {
        putUnlessNull(cut, name, element.getValue(), 1);
      }
    }
    return cut;
  }

  // Only a Medication is ever looked up among contained resources.
  private static void cutContained(JsonNode contained, ObjectNode into, boolean read)
      throws NotFhir {
    if (!read) {
      return;
    }
    ArrayNode medications = into.putArray("contained");
    for (JsonNode resource : contained) {
      if (typeOf(resource).equals("Medication")) {
        medications.add(cut(resource));
      }
    }
  }

  private static void putUnlessNull(ObjectNode into, String name, JsonNode value, int depth)
      throws NotFhir {
    if (!value.isNull()) {
      into.set(name, copy(value, depth));
    }
  }

  private static JsonNode copy(JsonNode node, int depth) throws NotFhir {
    if (!node.isContainerNode()) {
      return node;
    }
    if (depth > MAX_DEPTH) {
      throw new NotFhir();
    }
    if (node.isArray()) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode(node.size());
      for (JsonNode item : node) {
        if (!item.isNull()) {
          copy.add(copy(item, depth + 1));
        }
      }
      return copy;
    }
    ObjectNode copy = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> element : node.properties()) {
      if (!element.getKey().equals("extension") && !element.getKey().startsWith("_")) {
        putUnlessNull(copy, element.getKey(), element.getValue(), depth + 1);
      }
    }
    return copy;
  }
}
