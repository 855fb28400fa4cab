package org.medcue.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.medcue.clinical.Omission.Kind;

/** Tells the five states of a prefetch key apart (CDS Hooks 2.0, "Prefetch Template"). */
final class PrefetchContent {

  private static final List<String> KEYS =
      List.of("patient", "conditions", "allergies", "encounters", "medications");

  private PrefetchContent() {}

  /** All resources sent under the keys that are read; a key that tells nothing is noted. */
  static List<SentResource> read(Map<String, JsonNode> prefetch, ChartNotes notes) {
    List<SentResource> sent = new ArrayList<>();
    for (String key : KEYS) {
      JsonNode value = prefetch.get(key);
      if (!prefetch.containsKey(key)) {
        notes.omit(Kind.PREFETCH_ABSENT, key);
      } else if (value != null && !value.isNull() && !value.isMissingNode()) {
        // null means that the query ran and found nothing, which is no omission
        sent.addAll(resources(key, value, notes));
      }
    }
    return sent;
  }

  private static List<SentResource> resources(String key, JsonNode value, ChartNotes notes) {
    String place = "prefetch." + key;
    JsonNode resource = SentResources.open(value, place);
    if (FhirJson.typeOf(resource).equals("OperationOutcome")) {
      notes.omit(Kind.PREFETCH_FAILED, key);
      return List.of();
    }
    if (SentResources.isBundle(resource) && SentResources.hasNext(resource)) {
      notes.omit(Kind.PREFETCH_TRUNCATED, key);
    }
    return SentResources.list(resource, place);
  }
}
