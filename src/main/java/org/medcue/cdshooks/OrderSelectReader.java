package org.medcue.cdshooks;

import static org.medcue.cdshooks.RequestFields.ID;
import static org.medcue.cdshooks.RequestFields.REFERENCE;
import static org.medcue.cdshooks.RequestFields.UUID_TEXT;
import static org.medcue.cdshooks.RequestFields.child;
import static org.medcue.cdshooks.RequestFields.matching;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.medcue.fhir.AccessToken;

/** Validates an order-select request (CDS Hooks 2.0, "HTTP Request" and the hook's context). */
final class OrderSelectReader {

  private static final String RESOURCE_ID = "a bare FHIR id";
  private static final String REFERENCE_FORM = "a reference of the form Type/id";

  private final RequestFields fields = new RequestFields();
  private final JsonNode body;

  private OrderSelectReader(JsonNode body) {
    this.body = body;
  }

  /**
   * @param body the request, a JSON object
   * @param hook the hook of the service called
   * @throws org.medcue.platform.RequestRefusedException (400) naming everything that is wrong
   */
  static OrderSelectRequest read(JsonNode body, String hook) {
    return new OrderSelectReader(body).read(hook);
  }

  private OrderSelectRequest read(String hook) {
    String called =
        fields.required(body, "hook", "hook", hook::equals, hook + ", the hook of this service");
    if (!called.equals(hook)) {
      // Another hook has another context: saying what that one lacks would mislead.
      fields.refuseIfAny();
    }
    String instance =
        fields.required(body, "hookInstance", "hookInstance", matching(UUID_TEXT), "a UUID");
    Optional<FhirAccess> fhirAccess = fhirAccess();
    JsonNode context = fields.requiredObject(body, "context", "context");
    String userId = "";
    String patientId = "";
    Optional<String> encounterId = Optional.empty();
    List<String> selections = List.of();
    if (context.isObject()) {
      userId =
          fields.required(context, "userId", "context.userId", matching(REFERENCE), REFERENCE_FORM);
      patientId =
          fields.required(context, "patientId", "context.patientId", matching(ID), RESOURCE_ID);
      encounterId =
          fields.optional(context, "encounterId", "context.encounterId", matching(ID), RESOURCE_ID);
      selections = selections(context);
      draftOrders(context);
    }
    Map<String, JsonNode> prefetch = prefetch();
    fields.refuseIfAny();
    return new OrderSelectRequest(
        UUID.fromString(instance),
        userId,
        patientId,
        encounterId,
        selections,
        child(context, "draftOrders"),
        prefetch,
        fhirAccess);
  }

  private List<String> selections(JsonNode context) {
    List<String> selections = new ArrayList<>();
    List<JsonNode> elements = fields.requiredArray(context, "selections", "context.selections");
    for (int i = 0; i < elements.size(); i++) {
      String path = "context.selections[" + i + "]";
      selections.add(fields.text(elements.get(i), path, matching(REFERENCE), REFERENCE_FORM));
    }
    return selections;
  }

  // Its content is judged by whoever reads FHIR; some clients send resources as strings.
  private void draftOrders(JsonNode context) {
    JsonNode drafts = child(context, "draftOrders");
    if (drafts.isMissingNode()) {
      fields.violation("context.draftOrders", "missing");
    } else if (!drafts.isObject() && !drafts.isTextual()) {
      fields.violation("context.draftOrders", "must be a Bundle");
    }
  }

  // Whether the server may be called is decided where it would be
  private Optional<FhirAccess> fhirAccess() {
    Optional<String> server =
        fields.optional(
            body, "fhirServer", "fhirServer", url -> url.matches("https?://\\S+"), "a base URL");
    JsonNode authorization = child(body, "fhirAuthorization");
    if (authorization.isMissingNode()) {
      return Optional.empty();
    }
    if (!authorization.isObject()) {
      fields.violation("fhirAuthorization", "must be an object");
      return Optional.empty();
    }
    if (child(body, "fhirServer").isMissingNode()) {
      fields.violation("fhirServer", "missing, fhirAuthorization is of no use without it");
    }
    String token = authorization(authorization);
    return server
        .filter(url -> !url.isEmpty() && !token.isEmpty())
        .map(url -> new FhirAccess(url, new AccessToken(token)));
  }

  /** The token, or the empty string if it has not the form. */
  private String authorization(JsonNode authorization) {
    for (String name : List.of("scope", "subject")) {
      fields.required(
          authorization, name, "fhirAuthorization." + name, text -> !text.isBlank(), "a string");
    }
    fields.required(
        authorization,
        "token_type",
        "fhirAuthorization.token_type",
        "bearer"::equalsIgnoreCase,
        "Bearer");
    if (!child(authorization, "expires_in").isIntegralNumber()) {
      fields.violation("fhirAuthorization.expires_in", "must be an integer, in seconds");
    }
    return fields.required(
        authorization,
        "access_token",
        "fhirAuthorization.access_token",
        AccessToken::isToken,
        "a bearer token");
  }

  private Map<String, JsonNode> prefetch() {
    Map<String, JsonNode> prefetch = new LinkedHashMap<>();
    JsonNode sent = child(body, "prefetch");
    if (!sent.isMissingNode() && !sent.isObject()) {
      fields.violation("prefetch", "must be an object");
    }
    sent.properties().forEach(entry -> prefetch.put(entry.getKey(), entry.getValue()));
    return prefetch;
  }
}
