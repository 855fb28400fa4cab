package org.medcue.cdshooks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.medcue.fhir.FetchOutcome;
import org.medcue.fhir.FetchOutcome.Found;
import org.medcue.fhir.FetchOutcome.NotFetched;

/**
 * What one call fetched.
 *
 * @param keys by prefetch key
 * @param medications of the Medications that orders refer to
 */
record Fetched(Map<String, FetchOutcome> keys, List<FetchOutcome> medications) {

  /** Whether so much failed by the server's fault that the next call would fare no better. */
  boolean serverAtFault() {
    List<FetchOutcome> all = Stream.concat(keys.values().stream(), medications.stream()).toList();
    long faults =
        all.stream()
            .filter(it -> it instanceof NotFetched not && not.reason().serverAtFault())
            .count();
    return 2 * faults > all.size();
  }

  /** The keys that are missing and why, without anything of a patient. */
  Map<String, FetchOutcome.Reason> failures() {
    Map<String, FetchOutcome.Reason> failures = new TreeMap<>();
    keys.forEach(
        (key, outcome) -> {
          if (outcome instanceof NotFetched not) {
            failures.put(key, not.reason());
          }
        });
    return failures;
  }

  /** Why the patient is missing, if it was asked for and is. */
  Optional<String> whyNoPatient() {
    return keys.get(ServiceCatalog.PATIENT) instanceof NotFetched not
        ? Optional.of(FetchWords.of(not.reason()))
        : Optional.empty();
  }

  /** The Medications that were found. */
  List<JsonNode> foundMedications() {
    return medications.stream()
        .flatMap(it -> it instanceof Found found ? Stream.of(found.content()) : Stream.empty())
        .toList();
  }
}
