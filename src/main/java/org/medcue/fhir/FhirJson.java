package org.medcue.fhir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cuts a resource down to the elements that Medcue reads, so that nothing else can hurt: unknown
 * elements, extensions of any shape, narratives, deep nesting. It also makes parsing quick.
 */
final class FhirJson {

  /** Resources sent as strings must not nest deeper than a request body may. */
  private static final int MAX_NESTING = 100;

  static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
                  .build())
          // A second resource behind the first must not vanish
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Far more than the elements read ever need, far less than a thread's stack holds. */
  private static final int MAX_DEPTH = 64;

  /** What is ever looked up among the contained resources of a Communication, and of the rest. */
  private static final Set<String> CONTAINED_SENDERS =
      Set.of("Patient", "Practitioner", "PractitionerRole", "RelatedPerson");

  private static final Set<String> CONTAINED = Set.of("Medication", "Condition");

  private static final Map<String, Set<String>> READ =
      Map.of(
          "Patient", Set.of(),
          "Encounter",
              Set.of(
                  "status",
                  "subject",
                  "period",
                  "reasonCode",
                  "reasonReference",
                  "diagnosis",
                  "contained"),
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
              Set.of("clinicalStatus", "verificationStatus", "code", "patient", "reaction"),
          "Communication",
              Set.of(
                  "status",
                  "subject",
                  "encounter",
                  "sent",
                  "received",
                  "sender",
                  "recipient",
                  "inResponseTo",
                  "partOf",
                  "payload",
                  "contained"),
          "Practitioner", Set.of(),
          "PractitionerRole", Set.of(),
          "RelatedPerson", Set.of());

  /** JSON types of the elements read that are no objects. */
  private static final Map<String, JsonNodeType> TYPES = new HashMap<>();

  static {
    for (String array :
        List.of(
            "reasonCode",
            "reasonReference",
            "diagnosis",
            "reaction",
            "recipient",
            "inResponseTo",
            "partOf",
            "payload",
            "contained")) {
      TYPES.put(array, JsonNodeType.ARRAY);
    }
    for (String string :
        List.of(
            "id",
            "status",
            "intent",
            "onsetDateTime",
            "abatementDateTime",
            "abatementString",
            "recordedDate",
            "authoredOn",
            "sent",
            "received")) {
      TYPES.put(string, JsonNodeType.STRING);
    }
    TYPES.put("doNotPerform", JsonNodeType.BOOLEAN);
  }

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
    String type = resource.path("resourceType").textValue();
    return type == null ? "" : type;
  }

  /**
   * A copy with the elements that are read; the original stays as it is.
   *
   * @throws NotFhir if an element is of another JSON type, or nested deeper than FHIR needs
   */
  static ObjectNode cut(JsonNode resource) throws NotFhir {
    return cut(resource, READ.getOrDefault(typeOf(resource), Set.of()));
  }

  /** As {@link #cut(JsonNode)}, with those elements and the id. */
  static ObjectNode cut(JsonNode resource, Set<String> read) throws NotFhir {
    String type = typeOf(resource);
    ObjectNode cut = JsonNodeFactory.instance.objectNode().put("resourceType", type);
    for (Map.Entry<String, JsonNode> element : resource.properties()) {
      String name = element.getKey();
      JsonNode value = element.getValue();
      if (!value.isNull() && (name.equals("id") || read.contains(name))) {
        if (value.getNodeType() != TYPES.getOrDefault(name, JsonNodeType.OBJECT)) {
          throw new NotFhir();
        }
        cut.set(name, element(type, name, value));
      }
    }
    return cut;
  }

  private static JsonNode element(String type, String name, JsonNode value) throws NotFhir {
    return switch (name) {
      case "contained" ->
          lookedUp(value, type.equals("Communication") ? CONTAINED_SENDERS : CONTAINED);
      case "payload" -> texts(value);
      default -> copy(value, 1);
    };
  }

  /** A message's parts with their text alone: what else they hold may be large and is not read. */
  private static ArrayNode texts(JsonNode payload) throws NotFhir {
    ArrayNode texts = JsonNodeFactory.instance.arrayNode();
    for (JsonNode part : payload) {
      JsonNode text = part.path("contentString");
      if (!part.isObject() && !part.isNull()
          || !text.isMissingNode() && !text.isNull() && !text.isTextual()) {
        throw new NotFhir();
      }
      // An id, since HAPI takes neither empty objects nor empty strings
      ObjectNode kept = texts.addObject().put("id", "part");
      if (!text.asText("").isBlank()) {
        kept.set("contentString", text);
      }
    }
    return texts;
  }

  private static ArrayNode lookedUp(JsonNode contained, Set<String> types) throws NotFhir {
    ArrayNode lookedUp = JsonNodeFactory.instance.arrayNode();
    for (JsonNode resource : contained) {
      if (types.contains(typeOf(resource))) {
        lookedUp.add(cut(resource));
      }
    }
    return lookedUp;
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
      String name = element.getKey();
      JsonNode value = element.getValue();
      if (!value.isNull() && !name.equals("extension") && !name.startsWith("_")) {
        copy.set(name, copy(value, depth + 1));
      }
    }
    return copy;
  }
}
