package org.medcue.knowledge;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.medcue.clinical.Symptom;

/**
 * Which codes are symptoms: ICD-10-CM chapter XVIII, and SNOMED CT findings that the classification
 * files elsewhere or not at all (the ValueSet {@code accepted-findings} lists the same ones).
 */
public final class SymptomDictionary implements CodeTree {

  static final String NAME = "symptoms";
  private static final String ROOT = "SYM";
  private static final int CATEGORY = 3;

  private final KnowledgeVersion version;
  private final Map<Symptom, String> names = new TreeMap<>();

  SymptomDictionary(KnowledgeFolder folder) {
    version = folder.version();
    for (String[] row : folder.rows("symptoms.tsv", 2)) {
      if (names.put(new Symptom(row[0]), row[1]) != null) {
        throw folder.invalid("symptoms.tsv", row[0] + " occurs twice");
      }
    }
  }

  @Override
  public KnowledgeVersion version() {
    return version;
  }

  /** A symptom, its category and the root; SNOMED CT findings have no category. */
  @Override
  public List<String> path(String code) {
    boolean classified = code.startsWith("R") && code.length() > CATEGORY;
    String category = classified ? code.substring(0, CATEGORY) : code;
    if (!contains(new Symptom(category))) {
      return List.of();
    }
    return classified ? List.of(code, category, ROOT) : List.of(code, ROOT);
  }

  /** Whether the dictionary has exactly this code. */
  public boolean contains(Symptom symptom) {
    return names.containsKey(symptom);
  }

  /** The symptom, or the nearest broader one that the dictionary has: R05.9 may become R05. */
  public Optional<Symptom> known(Symptom symptom) {
    if (contains(symptom)) {
      return Optional.of(symptom);
    }
    String code = symptom.code();
    // A SNOMED CT identifier is not structured: a part of it is another concept.
    if (!code.startsWith("R") || code.length() <= CATEGORY) {
      return Optional.empty();
    }
    String broader = code.substring(0, code.length() - 1);
    return known(new Symptom(broader.endsWith(".") ? broader.substring(0, CATEGORY) : broader));
  }

  /** What the symptom is called; empty if the dictionary does not have exactly this code. */
  public Optional<String> name(Symptom symptom) {
    return Optional.ofNullable(names.get(symptom));
  }

  /** Every symptom of the dictionary, in order of code. */
  public Set<Symptom> symptoms() {
    return Collections.unmodifiableSet(names.keySet());
  }
}
