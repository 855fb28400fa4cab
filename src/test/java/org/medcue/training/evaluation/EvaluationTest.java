package org.medcue.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.medcue.clinical.DiagnosisCode;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.Visit;
import org.medcue.clinical.Visits;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.mrkpa.MrKpaConfig;
import org.medcue.model.mrkpa.MrKpaModel;
import org.medcue.model.visits.LabelSpace;
import org.medcue.model.visits.NetworkScorer;
import org.medcue.model.visits.Vocabulary;

class EvaluationTest {

  private static final KnowledgeBase KNOWLEDGE =
      KnowledgeBase.load(Path.of("model-registry"), KnowledgeBase.bundled());
  private static final MrKpaModel MODEL =
      MrKpaModel.initialise(
          new MrKpaConfig(8, 2, 1, 2, 8, 0, true),
          Vocabulary.of(List.of(visit(0, "314076", "105585")), KNOWLEDGE, LabelSpace.PRODUCT, true),
          1);
  private static final NetworkScorer SCORER = new NetworkScorer(MODEL, KNOWLEDGE);

  @AfterAll
  static void close() {
    SCORER.close();
    MODEL.close();
  }

  @Test
  void scoredAreVisitsWithADrugAndAnEarlierVisitWithOne() {
    EvaluationReport report =
        report(
            // Scored: days 3 and 4. Days 0 and 2 have no drug, day 1 nothing before it.
            patient("a", visit(0), visit(1, "314076"), visit(2), visit(3, "314076"), visit(4, "1")),
            patient("only once", visit(0), visit(1, "314076")),
            patient("never", visit(0), visit(1)),
            patient("nobody"));

    assertThat(report.visits()).isEqualTo(2);
    assertThat(report.patients()).isEqualTo(1);
  }

  @Test
  void copyingTakesTheLastVisitThatHadADrug() {
    EvaluationReport report =
        report(
            patient(
                "a",
                visit(0, "314076"),
                visit(1, "105585", "106258"),
                visit(2),
                visit(3, "105585"),
                visit(4, "105585")));

    // Day 1: none of 3; day 3: 1 of 2; day 4: 1 of 1
    assertThat(report.baselines().copyLastVisit().sample().jaccard()).isCloseTo(0.5, within(1e-12));
    assertThat(report.baselines().copyLastVisit().micro().jaccard())
        .isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void patientsCountEquallyInThePatientFigure() {
    EvaluationReport report =
        report(
            patient("a", visit(0, "314076"), visit(1, "314076"), visit(2, "314076")),
            patient("b", visit(0, "314076"), visit(1, "105585")));

    assertThat(report.baselines().copyLastVisit().sample().jaccard())
        .isCloseTo(2 / 3.0, within(1e-12));
    assertThat(report.baselines().copyLastVisit().perPatient().sample().jaccard())
        .isCloseTo(0.5, within(1e-12));
  }

  @Test
  void pairedDifferenceIsTheDifferenceOfTheMeans() {
    EvaluationReport report =
        report(
            patient("a", visit(0, "314076"), visit(1, "314076"), visit(2, "105585")),
            patient("b", visit(0, "314076"), visit(1, "105585")));

    assertThat(report.aboveCopyLastVisit().mean())
        .isCloseTo(
            report.metrics().sample().jaccard()
                - report.baselines().copyLastVisit().sample().jaccard(),
            within(1e-12));
  }

  @Test
  void sharesOfCodesAddUpToOne() {
    EvaluationReport report =
        report(patient("a", visit(0, "314076", "9999999"), visit(1, "314076")));

    EvaluationReport.Coverage drugs =
        java.util.Objects.requireNonNull(report.codeCoverage().get("drugs"));
    assertThat(drugs).isEqualTo(new EvaluationReport.Coverage(3, 2 / 3.0, 0, drugs.unknown()));
    assertThat(drugs.exact() + drugs.ancestor() + drugs.unknown()).isCloseTo(1, within(1e-12));
    assertThat(report.codeCoverage()).containsOnlyKeys("diagnoses", "drugs", "symptoms");
  }

  @Test
  void nothingToScoreIsZeroVisits() {
    EvaluationReport report = report();

    assertThat(report.visits()).isZero();
    assertThat(report.metrics().sample()).isEqualTo(new Scores.Sample(0, 0, null));
  }

  private static EvaluationReport report(PatientRecord... patients) {
    return new Evaluation(SCORER, Arrays.asList(patients), (what, done, total) -> {})
        .report("mrkpa/0", "all", 0.3);
  }

  private static PatientRecord patient(String id, Visit... visits) {
    return new PatientRecord(id, Arrays.asList(visits));
  }

  private static Visit visit(int day, String... drugs) {
    return Visits.of(
        "visit-" + day,
        Instant.parse("2020-01-01T08:00:00Z").plus(day, ChronoUnit.DAYS),
        Set.of(new DiagnosisCode("I10")),
        Set.of(),
        Set.of(),
        Arrays.stream(drugs).map(DrugCode::new).collect(Collectors.toSet()));
  }
}
