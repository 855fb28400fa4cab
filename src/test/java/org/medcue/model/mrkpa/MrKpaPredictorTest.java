package org.medcue.model.mrkpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.medcue.model.mrkpa.SmallCohort.KNOWLEDGE;
import static org.medcue.model.mrkpa.SmallCohort.patient;
import static org.medcue.model.mrkpa.SmallCohort.visit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.medcue.clinical.Drug;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.DrugPrediction;
import org.medcue.clinical.Explanation;
import org.medcue.clinical.Omission;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.ScoredDrug;
import org.medcue.clinical.Visit;
import org.medcue.clinical.VisitEvidence;
import org.medcue.clinical.VisitSequence;
import org.medcue.clinical.Visits;
import org.medcue.model.learning.TrainingPhase;
import org.medcue.model.visits.CodeCoverage;
import org.medcue.model.visits.EncodedVisit;
import org.medcue.model.visits.FineTuning;
import org.medcue.model.visits.NetworkScorer;
import org.medcue.model.visits.PatientBatches;
import org.medcue.model.visits.VisitBatch;
import org.medcue.model.visits.VisitEncoding;

class MrKpaPredictorTest {

  private static final MrKpaModel MODEL = SmallCohort.trained(7, 4);
  private static final MrKpaPredictor PREDICTOR = new MrKpaPredictor(MODEL, KNOWLEDGE);

  @AfterAll
  static void close() {
    PREDICTOR.close();
    MODEL.close();
  }

  @Test
  void scoresEveryDrugOfTheLabelSpaceBestFirst() {
    List<ScoredDrug> ranked = PREDICTOR.predict(somebody().before(3)).ranked();

    assertThat(ranked)
        .extracting(d -> d.drug().value())
        .containsExactlyInAnyOrderElementsOf(SmallCohort.DRUGS);
    assertThat(ranked)
        .extracting(ScoredDrug::probability)
        .isSortedAccordingTo((a, b) -> Double.compare(b, a))
        .allSatisfy(p -> assertThat(p).isBetween(0.0, 1.0));
  }

  @Test
  void oneVisitAtATimeAndAllTogetherAgree() {
    for (PatientRecord patient : SmallCohort.patients(4, 9, 11)) {
      List<Integer> targets = IntStream.range(0, 9).boxed().toList();
      List<List<ScoredDrug>> together = scores(patient, targets, new CodeCoverage());
      for (int target : targets) {
        assertClose(PREDICTOR.predict(patient.before(target)).ranked(), together.get(target));
      }
    }
  }

  @Test
  void otherPatientsOfABatchDoNotMatter() {
    List<PatientRecord> patients = SmallCohort.patients(5, 6, 13);
    float[][] together = Logits.of(MODEL, batch(patients));
    for (int p = 0; p < patients.size(); p++) {
      float[][] alone = Logits.of(MODEL, batch(patients.subList(p, p + 1)));
      for (int target = 0; target < 6; target++) {
        assertThat(together[6 * p + target]).containsExactly(alone[target], within(1e-5f));
      }
    }
  }

  @Test
  void firstVisitHasNoHistoryAndIsPredicted() {
    VisitSequence first =
        new VisitSequence(List.of(), visit(0, Set.of("I10"), Set.of("R05.9"), Set.of()));

    DrugPrediction prediction = PREDICTOR.predict(first);

    assertThat(prediction.ranked()).hasSameSizeAs(SmallCohort.DRUGS).allSatisfy(this::isFinite);
    assertThat(PREDICTOR.explain(first, drugs("314076")).get(0).visits()).isEmpty();
  }

  @Test
  void presentVisitWithoutAnyCodeIsPredicted() {
    Visit nothing = visit(9, Set.of(), Set.of(), Set.of());
    VisitSequence visits =
        new VisitSequence(List.of(visit(1, Set.of(), Set.of(), Set.of())), nothing);

    assertThat(PREDICTOR.predict(visits).ranked()).allSatisfy(this::isFinite);
    assertThat(PREDICTOR.predict(new VisitSequence(List.of(), nothing)).ranked())
        .allSatisfy(this::isFinite);
    assertThat(PREDICTOR.explain(visits, drugs("314076")).get(0).codes()).isEmpty();
  }

  @Test
  void unknownCodeIsReadAsItsNearestKnownAncestorAndReported() {
    // E11.8 is new, its category E11 is known; A98.0 and its chapter are not
    Visit unknown = visit(9, Set.of("E11.8", "A98.0"), Set.of(), Set.of());
    Visit ancestor = visit(9, Set.of("E11"), Set.of(), Set.of());

    DrugPrediction ofUnknown = PREDICTOR.predict(new VisitSequence(List.of(), unknown));
    DrugPrediction ofAncestor = PREDICTOR.predict(new VisitSequence(List.of(), ancestor));

    assertThat(ofUnknown.ranked()).isEqualTo(ofAncestor.ranked());
    assertThat(ofUnknown.omissions())
        .containsExactlyInAnyOrder(
            new Omission(Omission.Kind.CODE_FALLBACK, "diagnosis", 1),
            new Omission(Omission.Kind.UNKNOWN_CODE, "diagnosis", 1));
    assertThat(ofAncestor.omissions()).isEmpty();
  }

  private static List<List<ScoredDrug>> scores(
      PatientRecord patient, List<Integer> targets, CodeCoverage coverage) {
    try (NetworkScorer scorer = new NetworkScorer(MODEL, SmallCohort.KNOWLEDGE)) {
      List<List<ScoredDrug>> all = new ArrayList<>();
      for (float[] row : scorer.score(patient, targets, coverage)) {
        all.add(
            IntStream.range(0, row.length)
                .mapToObj(i -> new ScoredDrug(new DrugCode(scorer.labels().get(i)), row[i]))
                .toList());
      }
      return all;
    }
  }

  @Test
  void coverageCountsEveryFieldOnItsOwn() {
    CodeCoverage coverage = new CodeCoverage();
    PatientRecord patient =
        patient(
            "p",
            visit(0, Set.of("I10", "E11.8"), Set.of("R05.9", "R05.3"), Set.of("314076")),
            visit(1, Set.of("A98.0"), Set.of("R51.9"), Set.of("9999999")));

    scores(patient, List.of(1), coverage);

    assertThat(coverage.of(CodeCoverage.Field.DIAGNOSES))
        .isEqualTo(new CodeCoverage.Count(1, 1, 1));
    assertThat(coverage.of(CodeCoverage.Field.SYMPTOMS)).isEqualTo(new CodeCoverage.Count(2, 1, 0));
    assertThat(coverage.of(CodeCoverage.Field.DRUGS)).isEqualTo(new CodeCoverage.Count(1, 0, 1));
  }

  @Test
  void historyOfTwoThousandVisitsIsPredictedAndExplained() {
    PatientRecord patient = SmallCohort.patients(1, 2001, 17).get(0);

    assertThat(PREDICTOR.predict(patient.before(2000)).ranked()).allSatisfy(this::isFinite);
    assertThat(PREDICTOR.explain(patient.before(2000), drugs("314076")).get(0).visits())
        .hasSize(LeaveOneOut.MOST_VISITS);
    List<List<ScoredDrug>> all =
        scores(patient, IntStream.range(0, 2001).boxed().toList(), new CodeCoverage());
    assertThat(all).hasSize(2001);
    assertClose(all.get(2000), PREDICTOR.predict(patient.before(2000)).ranked());
  }

  @Test
  void eachOfTwoHundredVisitsAndEachPresentCodeIsExplained() {
    PatientRecord patient = SmallCohort.patients(1, 201, 17).get(0);
    VisitSequence visits = patient.before(200);

    Explanation explanation = PREDICTOR.explain(visits, drugs("314076")).get(0);

    assertThat(explanation.visits()).extracting(Explanation.Weight::of).doesNotHaveDuplicates();
    assertThat(explanation.visits()).hasSize(200);
    assertThat(explanation.codes())
        .hasSize(visits.present().diagnoses().size() + visits.present().symptoms().size());
  }

  @Test
  void patientsInOnePassAreScoredAsOneAtATime() {
    List<VisitSequence> several = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      several.add(SmallCohort.patients(1, 8, 31 + i).get(0).before(i)); // the first has no history
    }

    List<DrugPrediction> together = PREDICTOR.predictTogether(several);

    assertThat(together).hasSize(8);
    for (int i = 0; i < 8; i++) {
      DrugPrediction alone = PREDICTOR.predict(several.get(i));
      assertClose(together.get(i).ranked(), alone.ranked());
      assertThat(together.get(i).omissions()).isEqualTo(alone.omissions());
    }
  }

  @Test
  void patientsInAsManyPassesAsFitAreAnsweredInTheirOrder() {
    List<VisitEvidence> several = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      VisitSequence visits = SmallCohort.patients(1, 300, 50 + i).get(0).before(299 - 20 * i);
      several.add(new VisitEvidence(visits, Set.of(), List.of(), Map.of(), List.of()));
    }

    List<DrugPrediction> together = PREDICTOR.predictAll(several);

    assertThat(together).hasSize(12);
    for (int i = 0; i < 12; i++) {
      assertClose(together.get(i).ranked(), PREDICTOR.predict(several.get(i)).ranked());
    }
    assertThat(PREDICTOR.predictAll(List.of())).isEmpty();
  }

  @Test
  void nobodyIsPredictedForInAnEmptyBatch() {
    assertThat(PREDICTOR.predictTogether(List.of())).isEmpty();
  }

  @Test
  void presentDrugsCannotBeGiven() {
    Visit present = visit(1, Set.of("I10"), Set.of(), Set.of("314076"));

    assertThatThrownBy(() -> new VisitSequence(List.of(), present))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("drugs");
  }

  @Test
  void theOnlyVisitThatHadADrugWeighsMostForIt() {
    List<Visit> history = new ArrayList<>();
    for (int day = 0; day < 6; day++) {
      Set<String> drugs = day == 5 ? Set.of("617318") : Set.of("105585");
      history.add(visit(day, Set.of("I10"), Set.of("R05.9"), drugs));
    }
    VisitSequence visits =
        new VisitSequence(history, visit(9, Set.of("I10"), Set.of("R05.9"), Set.of()));
    try (MrKpaModel untrained = SmallCohort.untrained(1);
        MrKpaPredictor predictor = new MrKpaPredictor(untrained, KNOWLEDGE)) {
      // With fresh weights the drug memory is what tells visits of equal codes apart.
      Explanation explanation = predictor.explain(visits, drugs("617318")).get(0);

      assertThat(explanation.drug()).isEqualTo(new DrugCode("617318"));
      assertThat(explanation.visits()).hasSize(6);
      assertThat(explanation.visits().get(0).of()).isEqualTo("visit-5");
      assertThat(explanation.visits().get(0).weight()).isPositive();
    }
  }

  @Test
  void theDiagnosisThatDecidesADrugWeighsMostForIt() {
    // N18.3 and nothing else brings 106892
    List<PatientRecord> cohort = new ArrayList<>();
    for (PatientRecord patient : SmallCohort.patients(60, 4, 23)) {
      List<Visit> visits = new ArrayList<>();
      for (Visit v : patient.visits()) {
        boolean kidney = v.encounterDiagnoses().stream().anyMatch(d -> d.value().equals("N18.3"));
        Set<DrugCode> drugs = Set.of(new DrugCode(kidney ? "106892" : "105078"));
        visits.add(
            Visits.of(
                v.id(), v.start(), v.encounterDiagnoses(), Set.of(), v.encounterSymptoms(), drugs));
      }
      cohort.add(new PatientRecord(patient.patientId(), visits));
    }
    try (MrKpaModel model = SmallCohort.untrained(1)) {
      TrainingPhase.Schedule schedule = new TrainingPhase.Schedule(40, 32, 1e-2f, 0.01f, 1);
      FineTuning tuning = new FineTuning(model, KNOWLEDGE, cohort, schedule);
      for (int epoch = 0; epoch < 40; epoch++) {
        tuning.epoch(1, (done, loss) -> {});
      }
      try (MrKpaPredictor predictor = new MrKpaPredictor(model, KNOWLEDGE)) {
        Visit present = visit(9, Set.of("N18.3", "M54.5", "I10"), Set.of("R05.9"), Set.of());
        VisitSequence visits = new VisitSequence(List.of(), present);

        Explanation explanation = predictor.explain(visits, drugs("106892")).get(0);

        assertThat(explanation.codes())
            .extracting(Explanation.Weight::of)
            .containsExactlyInAnyOrder("N18.3", "M54.5", "I10", "R05.9")
            .startsWith("N18.3");
        assertThat(explanation.codes().get(0).weight()).isPositive();
      }
    }
  }

  @Test
  void aDrugOutsideTheLabelSpaceCannotBeExplained() {
    assertThatThrownBy(() -> PREDICTOR.explain(somebody().before(2), drugs("9999999")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label space");
  }

  @Test
  void predictionsOfSeveralThreadsAgree() {
    VisitSequence visits = somebody().before(5);
    List<ScoredDrug> expected = PREDICTOR.predict(visits).ranked();

    List<List<ScoredDrug>> all =
        IntStream.range(0, 64)
            .parallel()
            .mapToObj(i -> PREDICTOR.predict(visits).ranked())
            .toList();

    assertThat(all).allSatisfy(ranked -> assertThat(ranked).isEqualTo(expected));
  }

  private static PatientRecord somebody() {
    return SmallCohort.patients(1, 6, 19).get(0);
  }

  private static List<DrugCode> drugs(String... codes) {
    return java.util.Arrays.stream(codes).map(DrugCode::new).toList();
  }

  private static VisitBatch batch(List<PatientRecord> patients) {
    VisitEncoding encoding = new VisitEncoding(MODEL.vocabulary(), KNOWLEDGE);
    VisitBatch batch = new VisitBatch(MODEL.vocabulary().labels().size());
    for (PatientRecord patient : patients) {
      List<EncodedVisit> visits =
          patient.visits().stream().map(v -> encoding.encode(v, new CodeCoverage())).toList();
      PatientBatches.add(batch, visits, IntStream.range(0, visits.size()).boxed().toList());
    }
    return batch;
  }

  private void isFinite(ScoredDrug drug) {
    assertThat(drug.probability()).isBetween(0.0, 1.0);
  }

  private static void assertClose(List<ScoredDrug> actual, List<ScoredDrug> expected) {
    Map<Drug, Double> probabilities = new HashMap<>();
    actual.forEach(d -> probabilities.put(d.drug(), d.probability()));
    assertThat(new TreeSet<>(probabilities.keySet())).hasSameSizeAs(expected);
    assertThat(expected)
        .allSatisfy(
            d -> assertThat(probabilities.get(d.drug())).isCloseTo(d.probability(), within(1e-5)));
  }
}
