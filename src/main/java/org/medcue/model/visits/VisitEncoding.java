package org.medcue.model.visits;

import static org.medcue.model.visits.TokenSet.indexOf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Visit;
import org.medcue.knowledge.CodeTree;
import org.medcue.knowledge.DrugTree;
import org.medcue.knowledge.KnowledgeBase;

/**
 * Turns visits into tokens. A code that the model does not know is read as its nearest known
 * ancestor; one without any is left out. Both are counted in the {@link CodeCoverage}.
 */
public final class VisitEncoding {

  /** How the codes of one field become tokens. */
  private record FieldTokens(
      CodeCoverage.Field field,
      int cls,
      CodeVocabulary codes,
      Function<String, List<String>> pathOf,
      int offset) {}

  /** The length of an ICD-10-CM category with its dot: what is longer says more. */
  private static final int CATEGORY = 4;

  private static final Function<String, List<String>> NONE = code -> List.of();

  private final FieldTokens diagnoses;
  private final FieldTokens symptoms;
  private final FieldTokens drugs;
  private final Map<String, Integer> labelIndex;
  private final LabelSpace labelSpace;
  private final DrugTree drugTree;

  /** An encoding by a model's vocabulary and the knowledge it was built on. */
  public VisitEncoding(Vocabulary vocabulary, KnowledgeBase knowledge) {
    boolean ancestors = vocabulary.readsAncestors();
    diagnoses =
        new FieldTokens(
            CodeCoverage.Field.DIAGNOSES,
            Vocabulary.CLS_DIAGNOSES,
            vocabulary.diagnoses(),
            ancestors ? code -> withShorter(code, knowledge.icd()) : NONE,
            vocabulary.diagnosisOffset());
    symptoms =
        new FieldTokens(
            CodeCoverage.Field.SYMPTOMS,
            Vocabulary.CLS_SYMPTOMS,
            vocabulary.symptoms(),
            ancestors ? knowledge.symptoms()::path : NONE,
            vocabulary.symptomOffset());
    drugs =
        new FieldTokens(
            CodeCoverage.Field.DRUGS,
            Vocabulary.CLS_DRUGS,
            vocabulary.drugs(),
            ancestors ? knowledge.drugs()::path : NONE,
            vocabulary.drugOffset());
    labelIndex = vocabulary.labelIndex();
    labelSpace = vocabulary.labelSpace();
    drugTree = knowledge.drugs();
  }

  /**
   * The path of a diagnosis, before it the codes that it refines: E11.65 is an E11.6 rather than
   * any E11, where the model knows that one. The tree itself holds categories and what is above
   * them.
   */
  private static List<String> withShorter(String code, CodeTree icd) {
    List<String> path = new ArrayList<>();
    for (int length = code.length() - 1; length > CATEGORY; length--) {
      path.add(code.substring(0, length));
    }
    path.addAll(icd.path(code));
    return path;
  }

  /** Encodes a visit, drugs included: those of a target are its answer and nothing else. */
  public EncodedVisit encode(Visit visit, CodeCoverage coverage) {
    SortedMap<Integer, Integer> diagnosisRoles = new TreeMap<>();
    visit
        .diagnoses()
        .forEach((d, r) -> add(diagnosisRoles, diagnoses, d.value(), indexOf(r), coverage));
    SortedMap<Integer, Integer> symptomRoles = new TreeMap<>();
    visit.symptoms().forEach((s, r) -> add(symptomRoles, symptoms, s.code(), indexOf(r), coverage));
    SortedMap<Integer, Integer> drugsWithoutRole = new TreeMap<>();
    visit.drugs().forEach(drug -> add(drugsWithoutRole, drugs, drug.value(), 0, coverage));
    return new EncodedVisit(
        TokenSet.of(diagnoses.cls, diagnosisRoles),
        TokenSet.of(symptoms.cls, symptomRoles),
        TokenSet.of(drugs.cls, drugsWithoutRole),
        labels(visit),
        !visit.drugs().isEmpty());
  }

  private int[] labels(Visit visit) {
    return visit.drugs().stream()
        .map(this::labelOf)
        .filter(labelIndex::containsKey)
        .mapToInt(labelIndex::get)
        .distinct()
        .toArray();
  }

  /** The label that a drug counts as; its own code where the label space has none. */
  public String labelOf(DrugCode drug) {
    return labelSpace.labelOf(drug.value(), drugTree).orElse(drug.value());
  }

  /** Where several codes fall back to one ancestor, the strongest role, the lowest, wins. */
  private static void add(
      SortedMap<Integer, Integer> roleOf,
      FieldTokens field,
      String code,
      int role,
      CodeCoverage coverage) {
    coverage
        .lookup(field.field, field.codes, code, field.pathOf, field.offset)
        .ifPresent(token -> roleOf.merge(token, role, Math::min));
  }
}
