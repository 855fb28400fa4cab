package org.medcue.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** Requests for the tests: recorded ones, and one to be changed at will. */
public final class HookRequests {

  public static final String SERVICE = "/cds-services/medication-suggestions-visits";
  public static final String DIALOGUE = "/cds-services/medication-suggestions-dialogue";
  public static final String FEEDBACK = SERVICE + "/feedback";

  private static final ObjectMapper JSON = new ObjectMapper();

  private HookRequests() {}

  /** A classpath resource as it is. */
  public static String recorded(String name) {
    try (InputStream in = HookRequests.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), "UTF-8");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static ObjectNode parse(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A call with one diagnosis, for a patient and an encounter that nobody else uses. */
  public static ObjectNode minimal() {
    String patient = Planted.patient();
    ObjectNode request = JSON.createObjectNode();
    request.put("hook", "order-select");
    request.put("hookInstance", UUID.randomUUID().toString());
    ObjectNode context = request.putObject("context");
    context.put("userId", "Practitioner/example");
    context.put("patientId", patient);
    context.put("encounterId", "e-" + UUID.randomUUID());
    context.putArray("selections").add("MedicationRequest/draft-1");
    ObjectNode drafts = context.putObject("draftOrders");
    drafts.put("resourceType", "Bundle").put("type", "collection");
    drafts.putArray("entry").addObject().set("resource", draft("draft-1", patient));
    ObjectNode prefetch = request.putObject("prefetch");
    prefetch.putObject("patient").put("resourceType", "Patient").put("id", patient);
    for (String key : new String[] {"conditions", "allergies", "encounters", "medications"}) {
      prefetch.putNull(key);
    }
    prefetch.set("conditions", searchset(hypertension(patient)));
    Planted.into(request);
    return request;
  }

  static ObjectNode hypertension(String patient) {
    ObjectNode condition = JSON.createObjectNode();
    condition.put("resourceType", "Condition").put("id", "c-1").put("onsetDateTime", "2020-05-01");
    condition
        .putObject("clinicalStatus")
        .putArray("coding")
        .addObject()
        .put("system", "http://terminology.hl7.org/CodeSystem/condition-clinical")
        .put("code", "active");
    condition
        .putObject("code")
        .putArray("coding")
        .addObject()
        .put("system", "http://hl7.org/fhir/sid/icd-10-cm")
        .put("code", "I10");
    condition.putObject("subject").put("reference", "Patient/" + patient);
    return condition;
  }

  public static ObjectNode draft(String id, String patient) {
    ObjectNode draft = JSON.createObjectNode();
    draft.put("resourceType", "MedicationRequest").put("id", id).put("status", "draft");
    draft.put("intent", "order");
    draft.putObject("subject").put("reference", "Patient/" + patient);
    return draft;
  }

  /** A call about what was said: P or D for who speaks, a colon and the text of each message. */
  public static ObjectNode dialogue(String... messages) {
    ObjectNode request = minimal();
    prefetch(request).putNull("conditions");
    JsonNode[] communications = new JsonNode[messages.length];
    for (int i = 0; i < messages.length; i++) {
      communications[i] = message(request, i, messages[i]);
    }
    prefetch(request).set("communications", searchset(communications));
    return request;
  }

  private static ObjectNode message(ObjectNode request, int number, String text) {
    ObjectNode message = JSON.createObjectNode();
    message.put("resourceType", "Communication").put("id", "m-" + number);
    message.put("status", "completed");
    message.put("sent", Instant.parse("2026-06-01T10:00:00Z").plusSeconds(60L * number).toString());
    message.putObject("subject").put("reference", "Patient/" + patient(request));
    message
        .putObject("sender")
        .put(
            "reference",
            text.startsWith("P") ? "Patient/" + patient(request) : "Practitioner/example");
    message.putArray("payload").addObject().put("contentString", text.substring(2));
    return message;
  }

  /** A medication order of the request's patient. */
  public static ObjectNode order(ObjectNode request, String id, String status, String rxnorm) {
    ObjectNode order = draft(id, patient(request)).put("status", status);
    order.put("authoredOn", "2026-01-05");
    ObjectNode concept = order.putObject("medicationCodeableConcept");
    concept
        .putArray("coding")
        .addObject()
        .put("system", "http://www.nlm.nih.gov/research/umls/rxnorm")
        .put("code", rxnorm);
    return order;
  }

  public static ObjectNode searchset(JsonNode... resources) {
    ObjectNode bundle = JSON.createObjectNode();
    bundle.put("resourceType", "Bundle").put("type", "searchset");
    ArrayNode entries = bundle.putArray("entry");
    for (JsonNode resource : resources) {
      entries.addObject().set("resource", resource);
    }
    return bundle;
  }

  public static String patient(ObjectNode request) {
    return request.path("context").path("patientId").asText();
  }

  public static ObjectNode context(ObjectNode request) {
    return (ObjectNode) request.path("context");
  }

  public static ObjectNode prefetch(ObjectNode request) {
    return (ObjectNode) request.path("prefetch");
  }
}
