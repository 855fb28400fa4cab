package org.medcue.model.mrkpa;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.medcue.clinical.DiagnosisCode;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Symptom;
import org.medcue.clinical.Visit;
import org.medcue.knowledge.KnowledgeBase;

/**
 * Turns visits into tokens. A code that the model does not know is read as its nearest known
 * ancestor; one without any is left out. Both are counted in the {@link CodeCoverage}.
 */
public final class VisitEncoding {

  private final Vocabulary vocabulary;
  private final KnowledgeBase knowledge;
  private final Map<String, Integer> labelIndex;

  /** An encoding by a model's vocabulary and the knowledge it was built on. */
  public VisitEncoding(Vocabulary vocabulary, KnowledgeBase knowledge) {
    this.vocabulary = vocabulary;
    this.knowledge = knowledge;
    this.labelIndex = vocabulary.labelIndex();
  }

  EncodedVisit encode(Visit visit, CodeCoverage coverage) {
    // Token → role; where two codes fall back to one ancestor, the encounter's role wins.
    SortedMap<Integer, Integer> diagnoses = new TreeMap<>();
    for (DiagnosisCode code : visit.activeProblems()) {
      diagnosis(code, coverage).ifPresent(t -> diagnoses.put(t, EncodedVisit.ACTIVE_PROBLEM));
    }
    for (DiagnosisCode code : visit.encounterDiagnoses()) {
      diagnosis(code, coverage).ifPresent(t -> diagnoses.put(t, EncodedVisit.ENCOUNTER_DIAGNOSIS));
    }
    return new EncodedVisit(
        withCls(Vocabulary.CLS_DIAGNOSES, diagnoses.keySet()),
        withCls(0, diagnoses.values()),
        withCls(Vocabulary.CLS_DRUGS, tokens(visit.drugs(), d -> drug(d, coverage))),
        withCls(Vocabulary.CLS_SYMPTOMS, tokens(visit.symptoms(), s -> symptom(s, coverage))),
        labels(visit),
        !visit.drugs().isEmpty());
  }

  private int[] labels(Visit visit) {
    return visit.drugs().stream()
        .map(DrugCode::value)
        .filter(labelIndex::containsKey)
        .mapToInt(labelIndex::get)
        .toArray();
  }

  private OptionalInt diagnosis(DiagnosisCode code, CodeCoverage coverage) {
    return coverage.lookup(
        CodeCoverage.Field.DIAGNOSES,
        vocabulary.diagnoses(),
        code.value(),
        knowledge.icd()::path,
        vocabulary.diagnosisOffset());
  }

  private OptionalInt drug(DrugCode code, CodeCoverage coverage) {
    return coverage.lookup(
        CodeCoverage.Field.DRUGS,
        vocabulary.drugs(),
        code.value(),
        knowledge.drugs()::path,
        vocabulary.drugOffset());
  }

  private OptionalInt symptom(Symptom symptom, CodeCoverage coverage) {
    return coverage.lookup(
        CodeCoverage.Field.SYMPTOMS,
        vocabulary.symptoms(),
        symptom.code(),
        Vocabulary::symptomPath,
        vocabulary.symptomOffset());
  }

  private static <T> List<Integer> tokens(Collection<T> codes, Function<T, OptionalInt> tokenOf) {
    return codes.stream()
        .map(tokenOf)
        .filter(OptionalInt::isPresent)
        .map(OptionalInt::getAsInt)
        .distinct()
        .sorted()
        .toList();
  }

  private static int[] withCls(int cls, Collection<Integer> tokens) {
    int[] all = new int[tokens.size() + 1];
    all[0] = cls;
    int i = 1;
    for (int token : tokens) {
      all[i++] = token;
    }
    return all;
  }
}
