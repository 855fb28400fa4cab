package org.medcue.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.medcue.clinical.Omission.Kind;

/**
 * Tells the five states of a prefetch key apart (CDS Hooks 2.0, "Prefetch Template"). Whatever
 * stands under a key and is not read is noted, so that an empty list never passes for an empty
 * chart.
 */
final class PrefetchContent {

  /** More than a chart needs; histories beyond it would keep the service from other patients. */
  static final int MAX_RESOURCES = 3_000;

  /** Where Medications stand that were read one by one, because orders refer to them. */
  static final String REFERENCED_MEDICATIONS = "referenced-medications";

  /**
   * @param expected whether it is noted where it is absent
   */
  private record Key(String name, String type, boolean expected) {

    Key(String name, String type) {
      this(name, type, true);
    }
  }

  private static final List<Key> CHART_KEYS =
      List.of(
          new Key("patient", "Patient"),
          new Key("conditions", "Condition"),
          new Key("allergies", "AllergyIntolerance"),
          new Key("encounters", "Encounter"),
          new Key("medications", "MedicationRequest"),
          new Key(REFERENCED_MEDICATIONS, "Medication", false));

  // Read under any key: clients add what a search includes
  private static final Set<String> IN_CHARTS =
      Set.of("Condition", "AllergyIntolerance", "Encounter", "MedicationRequest", "Medication");

  /** What a patient's visits are read from. */
  static final PrefetchContent VISITS = new PrefetchContent(CHART_KEYS, IN_CHARTS);

  /** What a dialogue is read from: a chart, messages, and those who wrote them. */
  static final PrefetchContent DIALOGUE =
      new PrefetchContent(
          and(CHART_KEYS, Set.of(new Key("communications", "Communication"))),
          Set.copyOf(
              and(
                  IN_CHARTS,
                  Set.of(
                      "Communication",
                      "Patient",
                      "Practitioner",
                      "PractitionerRole",
                      "RelatedPerson"))));

  private final List<Key> keys;
  private final Set<String> anywhere;

  private PrefetchContent(List<Key> keys, Set<String> anywhere) {
    this.keys = keys;
    this.anywhere = anywhere;
  }

  private static <T> List<T> and(Collection<T> some, Collection<T> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  /**
   * The resources of the types that are read, sent under the keys that are read; a key that tells
   * nothing is noted, and so is each resource under it that is not read.
   *
   * @throws MalformedFhirException if a value is no resource, or a key holds too many
   */
  List<SentResource> read(Map<String, JsonNode> prefetch, ChartNotes notes) {
    List<SentResource> sent = new ArrayList<>();
    for (Key key : keys) {
      JsonNode value = prefetch.get(key.name());
      if (!prefetch.containsKey(key.name())) {
        if (key.expected()) {
          notes.omit(Kind.PREFETCH_ABSENT, key.name());
        }
      } else if (value != null && !value.isNull() && !value.isMissingNode()) {
        // null means that the query ran and found nothing, which is no omission
        sent.addAll(resources(key, value, notes));
      }
    }
    return sent.stream().filter(one -> isRead(one.type())).toList();
  }

  private boolean isRead(String type) {
    return anywhere.contains(type) || keys.stream().anyMatch(key -> key.type().equals(type));
  }

  private List<SentResource> resources(Key key, JsonNode value, ChartNotes notes) {
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
          && !anywhere.contains(type)
          && !type.equals("OperationOutcome")) {
        notes.omit(Kind.UNREADABLE, key.type());
      }
    }
    return sent;
  }
}
