package org.medcue.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;

/** Opens what clients send as "a resource or Bundle", in the forms met in the wild. */
final class SentResources {

  private static final String RESOURCE_OR_BUNDLE = "a FHIR R4 resource or a Bundle of resources";

  private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

  private SentResources() {}

  /**
   * The value itself, parsed where a client sent the resource as a string.
   *
   * @throws MalformedFhirException if it is no resource
   */
  static JsonNode open(JsonNode value, String place) {
    JsonNode resource = object(value, place);
    if (FhirJson.typeOf(resource).isEmpty()) {
      throw new MalformedFhirException(place, RESOURCE_OR_BUNDLE);
    }
    return resource;
  }

  private static JsonNode object(JsonNode value, String place) {
    JsonNode resource = value;
    if (value.isTextual()) {
      try {
        resource = FhirJson.parse(value.textValue());
      } catch (FhirJson.NotFhir e) {
        throw new MalformedFhirException(place, RESOURCE_OR_BUNDLE);
      }
    }
    if (!resource.isObject()) {
      throw new MalformedFhirException(place, RESOURCE_OR_BUNDLE);
    }
    return resource;
  }

  static boolean isBundle(JsonNode resource) {
    return FhirJson.typeOf(resource).equals("Bundle");
  }

  /** Whether there are further pages, or more matches ({@code total}) than were sent. */
  static boolean isPart(JsonNode bundle) {
    for (JsonNode link : bundle.path("link")) {
      if (link.path("relation").asText("").equals("next")) {
        return true;
      }
    }
    long matches = 0;
    for (JsonNode entry : bundle.path("entry")) {
      // total counts matches only (FHIR R4, Bundle.total)
      String mode = entry.path("search").path("mode").asText("");
      matches += mode.equals("include") || mode.equals("outcome") ? 0 : 1;
    }
    return bundle.path("total").asLong(0) > matches;
  }

  /**
   * The resources of a Bundle, or the resource itself. A Bundle needs no type; an entry without
   * resource, or whose resource states no type, is given as a resource of type "".
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
      boolean absent = content.isMissingNode() || content.isNull();
      sent.add(
          new SentResource(
              place, entry.path("fullUrl").textValue(), absent ? NOTHING : object(content, place)));
    }
    return sent;
  }
}
