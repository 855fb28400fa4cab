package org.medcue.model.mrkpa;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
 * @param labels the label space: RxNorm codes in order of output
 */
public record Vocabulary(
    CodeVocabulary diagnoses, CodeVocabulary drugs, CodeVocabulary symptoms, List<String> labels) {

  /** Padding. */
  static final int PAD = 0;

  /** [CLS] of diagnoses; the next two are those of drugs and symptoms. */
  static final int CLS_DIAGNOSES = 1;

  static final int CLS_DRUGS = 2;
  static final int CLS_SYMPTOMS = 3;

  /** [MASK], for pre-training. */
  static final int MASK = 4;

  static final int SPECIAL_TOKENS = 5;

  public Vocabulary {
    requireNonNull(diagnoses, "diagnoses");
    requireNonNull(drugs, "drugs");
    requireNonNull(symptoms, "symptoms");
    labels = List.copyOf(labels);
  }

  /** The vocabulary of the codes in some visits. */
  public static Vocabulary of(List<Visit> visits, KnowledgeBase knowledge) {
    Set<String> diagnoses = new TreeSet<>();
    Set<String> drugs = new TreeSet<>();
    Set<String> symptoms = new TreeSet<>();
    for (Visit visit : visits) {
      visit.diagnoses().keySet().stream().map(DiagnosisCode::value).forEach(diagnoses::add);
      visit.drugs().stream().map(DrugCode::value).forEach(drugs::add);
      visit.symptoms().keySet().stream().map(Symptom::code).forEach(symptoms::add);
    }
    return new Vocabulary(
        CodeVocabulary.of(diagnoses, knowledge.icd()::path),
        CodeVocabulary.of(drugs, knowledge.drugs()::path),
        CodeVocabulary.of(symptoms, knowledge.symptoms()::path),
        List.copyOf(drugs));
  }

  @JsonIgnore
  int diagnosisOffset() {
    return SPECIAL_TOKENS;
  }

  @JsonIgnore
  int drugOffset() {
    return diagnosisOffset() + diagnoses.size();
  }

  @JsonIgnore
  int symptomOffset() {
    return drugOffset() + drugs.size();
  }

  /** The output index of each drug of the label space. */
  Map<String, Integer> labelIndex() {
    Map<String, Integer> index = new HashMap<>();
    for (int i = 0; i < labels.size(); i++) {
      index.put(labels.get(i), i);
    }
    return index;
  }
}
