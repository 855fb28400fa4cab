package org.medcue.model.visits;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.DiagnosisCode;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Symptom;
import org.medcue.clinical.Visit;
import org.medcue.knowledge.KnowledgeBase;

/**
 * Everything that fixes the meaning of a network's inputs and outputs. Tokens of all fields share
 * one table: special tokens, then diagnoses, drugs and symptoms.
 *
 * @param diagnoses ICD-10-CM codes and their ancestors
 * @param drugs RxNorm codes and their ancestors
 * @param symptoms symptoms and their categories
 * @param labels the codes of the label space in order of output
 * @param labelSpace what the labels are; where a file does not say, RxNorm clinical drugs
 * @param ontology whether an unknown code is read as an ancestor; where a file does not say, it is
 */
public record Vocabulary(
    CodeVocabulary diagnoses,
    CodeVocabulary drugs,
    CodeVocabulary symptoms,
    List<String> labels,
    LabelSpace labelSpace,
    @Nullable Boolean ontology) {

  /** Padding. */
  public static final int PAD = 0;

  /** [CLS] of diagnoses. */
  public static final int CLS_DIAGNOSES = 1;

  /** [CLS] of drugs. */
  public static final int CLS_DRUGS = 2;

  /** [CLS] of symptoms. */
  public static final int CLS_SYMPTOMS = 3;

  /** [MASK], for pre-training. */
  public static final int MASK = 4;

  /** The number of tokens before the first code. */
  public static final int SPECIAL_TOKENS = 5;

  private static final Function<String, List<String>> ALONE = code -> List.of();

  public Vocabulary {
    requireNonNull(diagnoses, "diagnoses");
    requireNonNull(drugs, "drugs");
    requireNonNull(symptoms, "symptoms");
    labels = List.copyOf(labels);
    labelSpace = labelSpace == null ? LabelSpace.PRODUCT : labelSpace;
    ontology = ontology == null || ontology;
  }

  /**
   * The vocabulary of the codes in some visits.
   *
   * @param ontology whether codes have ancestors; without them each stands alone, and a code that
   *     was not seen is unknown
   */
  public static Vocabulary of(
      List<Visit> visits, KnowledgeBase knowledge, LabelSpace labelSpace, boolean ontology) {
    Set<String> diagnoses = new TreeSet<>();
    Set<String> drugs = new TreeSet<>();
    Set<String> symptoms = new TreeSet<>();
    for (Visit visit : visits) {
      visit.diagnoses().keySet().stream().map(DiagnosisCode::value).forEach(diagnoses::add);
      visit.drugs().stream().map(DrugCode::value).forEach(drugs::add);
      visit.symptoms().keySet().stream().map(Symptom::code).forEach(symptoms::add);
    }
    Set<String> labels = new TreeSet<>();
    drugs.forEach(drug -> labelSpace.labelOf(drug, knowledge.drugs()).ifPresent(labels::add));
    return new Vocabulary(
        CodeVocabulary.of(diagnoses, ontology ? knowledge.icd()::path : ALONE),
        CodeVocabulary.of(drugs, ontology ? knowledge.drugs()::path : ALONE),
        CodeVocabulary.of(symptoms, ontology ? knowledge.symptoms()::path : ALONE),
        List.copyOf(labels),
        labelSpace,
        ontology);
  }

  /** Whether an unknown code is read as its nearest known ancestor. */
  @JsonIgnore
  public boolean readsAncestors() {
    return !Boolean.FALSE.equals(ontology);
  }

  /** The token of the first diagnosis node. */
  @JsonIgnore
  public int diagnosisOffset() {
    return SPECIAL_TOKENS;
  }

  /** The token of the first drug node. */
  @JsonIgnore
  public int drugOffset() {
    return diagnosisOffset() + rows(diagnoses);
  }

  /** The token of the first symptom node. */
  @JsonIgnore
  public int symptomOffset() {
    return drugOffset() + rows(drugs);
  }

  /** The rows that a field has in the token table: an empty one has a row that no token names. */
  public static int rows(CodeVocabulary codes) {
    return Math.max(1, codes.size());
  }

  /** The output index of each drug of the label space. */
  public Map<String, Integer> labelIndex() {
    Map<String, Integer> index = new HashMap<>();
    for (int i = 0; i < labels.size(); i++) {
      index.put(labels.get(i), i);
    }
    return index;
  }
}
