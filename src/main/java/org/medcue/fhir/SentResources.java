package org.medcue.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Opens what clients send as "a resource or Bundle", in the forms met in the wild. */
final class SentResources {

  private static final String RESOURCE_OR_BUNDLE = "a FHIR R4 resource or a Bundle of resources";

  private SentResources() {}

  /**
   * The value itself, parsed where a client sent the resource as a string.
   *
   * @throws MalformedFhirException if it is no resource
   */
  static JsonNode open(JsonNode value, String place) {
    JsonNode resource = value;
    if (value.isTextual()) {
      try {
        resource = FhirJson.parse(value.textValue());
      } catch (FhirJson.NotFhir e) {
        throw new MalformedFhirException(place, RESOURCE_OR_BUNDLE);
      }
    }
    if (!resource.isObject() || FhirJson.typeOf(resource).isEmpty()) {
      throw new MalformedFhirException(place, RESOURCE_OR_BUNDLE);
    }
    return resource;
  }

  static boolean isBundle(JsonNode resource) {
    return FhirJson.typeOf(resource).equals("Bundle");
  }

  /** Whether there are further pages. */
  static boolean hasNext(JsonNode bundle) {
    for (JsonNode link : bundle.path("link")) {
      if (link.path("relation").asText("").equals("next")) {
        return true;
      }
    }
    return false;
  }

  /**
   * The resources of a Bundle, or the resource itself. A Bundle needs no type, an entry no
   * resource.
   *
   * @throws MalformedFhirException if an entry holds something else
   */
  static List<SentResource> list(JsonNode resource, String place) {
    if (!isBundle(resource)) {
      return List.of(new SentResource(place, null, resource));
    }
    JsonNode entries = resource.path("entry");
    if (!entries.isMissingNode() && !entries.isNull() && !entries.isArray()) {
      throw new MalformedFhirException(place, "an array as Bundle.entry");
    }
    List<SentResource> sent = new ArrayList<>();
    for (JsonNode entry : entries) {
      if (!entry.isObject()) {
        throw new MalformedFhirException(place, "objects in Bundle.entry");
      }
      JsonNode content = entry.path("resource");
      if (!content.isMissingNode() && !content.isNull()) {
        sent.add(new SentResource(place, entry.path("fullUrl").textValue(), open(content, place)));
      }
    }
    return sent;
  }
}
