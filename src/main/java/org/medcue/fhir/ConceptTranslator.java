package org.medcue.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Translates SNOMED CT concepts to ICD-10-CM codes by a FHIR R4 ConceptMap. */
public final class ConceptTranslator {

  private static final String BUNDLED =
      "fhir-profiles/terminology/ConceptMap-snomed-to-icd10cm-demo.json";

  /** Equivalences that say that a target does not mean the source. */
  private static final Set<String> NO_TRANSLATION = Set.of("unmatched", "disjoint");

  private final Map<String, List<String>> targets;

  private ConceptTranslator(Map<String, List<String>> targets) {
    this.targets = Map.copyOf(targets);
  }

  /**
   * Reads a ConceptMap; of several groups those from SNOMED CT to ICD-10-CM.
   *
   * @param conceptMapJson JSON, or gzip of it where the name ends in {@code .gz}
   * @throws FhirException if it is not such a ConceptMap
   */
  public static ConceptTranslator load(Path conceptMapJson) {
    return read(JsonFiles.read(conceptMapJson, "ConceptMap"), conceptMapJson.toString());
  }

  /** The small map that comes with Medcue: what is common in primary care. */
  public static ConceptTranslator bundled() {
    return read(JsonFiles.readBundled(BUNDLED, "ConceptMap"), BUNDLED);
  }

  /** The distinct targets of a concept as the map writes them, in its order; empty if none. */
  public List<String> targets(String snomedConcept) {
    return targets.getOrDefault(snomedConcept, List.of());
  }

  /** How many concepts have a translation. */
  public int size() {
    return targets.size();
  }

  private static ConceptTranslator read(JsonNode map, String file) {
    Map<String, List<String>> targets = new HashMap<>();
    for (JsonNode group : map.path("group")) {
      if (translates(group)) {
        group.path("element").forEach(element -> add(element, targets));
      }
    }
    if (targets.isEmpty()) {
      throw new FhirException(
          file
              + ": expected a ConceptMap with a group from "
              + CodeSystems.SNOMED_CT
              + " to "
              + CodeSystems.ICD_10_CM);
    }
    return new ConceptTranslator(targets);
  }

  private static boolean translates(JsonNode group) {
    return CodeSystems.canonical(group.path("source").asText("")).equals(CodeSystems.SNOMED_CT)
        && CodeSystems.canonical(group.path("target").asText("")).equals(CodeSystems.ICD_10_CM);
  }

  private static void add(JsonNode element, Map<String, List<String>> targets) {
    List<String> codes = new ArrayList<>();
    for (JsonNode target : element.path("target")) {
      String code = target.path("code").asText("");
      if (!code.isEmpty() && !NO_TRANSLATION.contains(target.path("equivalence").asText(""))) {
        codes.add(code);
      }
    }
    if (!codes.isEmpty()) {
      targets.merge(
          element.path("code").asText(""),
          codes.stream().distinct().toList(),
          ConceptTranslator::union);
    }
  }

  private static List<String> union(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all.stream().distinct().toList();
  }
}
