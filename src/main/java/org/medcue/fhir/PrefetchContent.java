package org.medcue.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.medcue.clinical.Omission.Kind;

/**
 * Tells the five states of a prefetch key apart (CDS Hooks 2.0, "Prefetch Template"). Whatever
 * stands under a key and is not read is noted, so that an empty list never passes for an empty
 * chart.
 */
final class PrefetchContent {

  /** More than a chart needs; histories beyond it would keep the service from other patients. */
  static final int MAX_RESOURCES = 3_000;

  private record Key(String name, String type) {}

  private static final List<Key> KEYS =
      List.of(
          new Key("patient", "Patient"),
          new Key("conditions", "Condition"),
          new Key("allergies", "AllergyIntolerance"),
          new Key("encounters", "Encounter"),
          new Key("medications", "MedicationRequest"));

  // Read under any key: clients add what a search includes
  private static final Set<String> ANYWHERE =
      Set.of("Condition", "AllergyIntolerance", "Encounter", "MedicationRequest", "Medication");

  private PrefetchContent() {}

  /**
   * All resources sent under the keys that are read; a key that tells nothing is noted, and so is
   * each resource under it that is not read.
   *
   * @throws MalformedFhirException if a value is no resource, or a key holds too many
   */
  static List<SentResource> read(Map<String, JsonNode> prefetch, ChartNotes notes) {
    List<SentResource> sent = new ArrayList<>();
    for (Key key : KEYS) {
      JsonNode value = prefetch.get(key.name());
      if (!prefetch.containsKey(key.name())) {
        notes.omit(Kind.PREFETCH_ABSENT, key.name());
      } else if (value != null && !value.isNull() && !value.isMissingNode()) {
        // null means that the query ran and found nothing, which is no omission
        sent.addAll(resources(key, value, notes));
      }
    }
    return sent;
  }

  private static List<SentResource> resources(Key key, JsonNode value, ChartNotes notes) {
    String place = "prefetch." + key.name();
    JsonNode resource = SentResources.open(value, place);
    if (SentResources.isBundle(resource)) {
      if (resource.path("entry").size() > MAX_RESOURCES) {
        throw new MalformedFhirException(
            place,
            "no more; there are more than "
                + MAX_RESOURCES
                + " resources, send the most recent ones");
      }
      if (SentResources.isPart(resource)) {
        notes.omit(Kind.PREFETCH_TRUNCATED, key.name());
      }
    }
    List<SentResource> sent = SentResources.list(resource, place);
    if (sent.stream().anyMatch(one -> one.type().equals("OperationOutcome"))) {
      notes.omit(Kind.PREFETCH_FAILED, key.name());
    }
    for (SentResource one : sent) {
      String type = one.type();
      if (!type.equals(key.type())
          && !ANYWHERE.contains(type)
          && !type.equals("OperationOutcome")) {
        notes.omit(Kind.UNREADABLE, key.type());
      }
    }
    return sent;
  }
}
