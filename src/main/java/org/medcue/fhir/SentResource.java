package org.medcue.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One resource as a client sent it.
 *
 * @param place where, such as {@code prefetch.conditions}
 * @param fullUrl the Bundle entry's, null if it has none
 * @param json the resource, an object with a resourceType
 */
record SentResource(String place, @Nullable String fullUrl, JsonNode json) {

  String type() {
    return FhirJson.typeOf(json);
  }
}
