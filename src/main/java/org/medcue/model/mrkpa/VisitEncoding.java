package org.medcue.model.mrkpa;

import java.util.HashMap;
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
    return new EncodedVisit(
        tokens(
            Vocabulary.CLS_DIAGNOSES,
            visit.diagnoses(),
            TokenSet::indexOf,
            code -> diagnosis(code, coverage)),
        tokens(
            Vocabulary.CLS_SYMPTOMS,
            visit.symptoms(),
            TokenSet::indexOf,
            symptom -> symptom(symptom, coverage)),
        drugs(visit, coverage),
        labels(visit),
        !visit.drugs().isEmpty());
  }

  private TokenSet drugs(Visit visit, CodeCoverage coverage) {
    Map<DrugCode, Integer> withoutRole = new HashMap<>();
    visit.drugs().forEach(drug -> withoutRole.put(drug, 0));
    return tokens(
        Vocabulary.CLS_DRUGS, withoutRole, Function.identity(), drug -> drug(drug, coverage));
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
        knowledge.symptoms()::path,
        vocabulary.symptomOffset());
  }

  /** Where several codes fall back to one ancestor, the strongest role, the lowest, wins. */
  private static <T, R> TokenSet tokens(
      int cls, Map<T, R> codes, Function<R, Integer> roleIndex, Function<T, OptionalInt> tokenOf) {
    SortedMap<Integer, Integer> roleOf = new TreeMap<>();
    codes.forEach(
        (code, role) ->
            tokenOf
                .apply(code)
                .ifPresent(token -> roleOf.merge(token, roleIndex.apply(role), Math::min)));
    return TokenSet.of(cls, roleOf);
  }
}
