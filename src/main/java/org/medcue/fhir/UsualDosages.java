package org.medcue.fhir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.medcue.clinical.DrugCode;

/**
 * Counts how drugs are dosed in a cohort. Instructions that do not say both how much and when, such
 * as "as needed" alone, are no dosage to fill into an order.
 */
final class UsualDosages {

  /** Fewer patients could show what one of them was told. */
  static final int MIN_PATIENTS = 5;

  // Elements in order of name, so that the same dosage has the same text
  private static final ObjectMapper CANONICAL =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private static final class Use {
    private int orders;
    private final Set<String> patients = new HashSet<>();
  }

  private final Map<DrugCode, Map<String, Use>> uses = new HashMap<>();

  void count(DrugCode drug, String patientId, JsonNode dosageInstruction) {
    if (!isComplete(dosageInstruction)) {
      return;
    }
    Use use =
        uses.computeIfAbsent(drug, key -> new TreeMap<>())
            .computeIfAbsent(canonical(dosageInstruction), key -> new Use());
    use.orders++;
    use.patients.add(patientId);
  }

  private static boolean isComplete(JsonNode dosageInstruction) {
    for (JsonNode dosage : dosageInstruction) {
      boolean howMuch = dosage.path("doseAndRate").findValue("doseQuantity") != null;
      if (!howMuch || dosage.path("timing").isMissingNode()) {
        return false;
      }
    }
    return dosageInstruction.isArray() && !dosageInstruction.isEmpty();
  }

  /** For each drug the dosage ordered most often; of equals the first by its text. */
  Map<DrugCode, String> most() {
    Map<DrugCode, String> most = new TreeMap<>();
    uses.forEach(
        (drug, dosages) ->
            dosages.entrySet().stream()
                .filter(dosage -> dosage.getValue().patients.size() >= MIN_PATIENTS)
                .min(
                    Comparator.comparing(
                            (Map.Entry<String, Use> dosage) -> -dosage.getValue().orders)
                        .thenComparing(Map.Entry.comparingByKey()))
                .ifPresent(dosage -> most.put(drug, dosage.getKey())));
    return most;
  }

  private static String canonical(JsonNode dosage) {
    try {
      return CANONICAL.writeValueAsString(CANONICAL.treeToValue(dosage, Object.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON that was read cannot be written");
    }
  }
}
