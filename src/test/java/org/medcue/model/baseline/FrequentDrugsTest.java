package org.medcue.model.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.medcue.clinical.CodeRole.ACTIVE;
import static org.medcue.clinical.CodeRole.REASON;
import static org.medcue.clinical.CodeRole.RECORDED;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medcue.clinical.CodeRole;
import org.medcue.clinical.DiagnosisCode;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.Symptom;
import org.medcue.clinical.Visit;
import org.medcue.model.mrkpa.SmallCohort;
import org.medcue.model.visits.CodeCoverage;

/** Overall shares in these five visits with orders: A 3/5, B 2/5, C 1/5. */
class FrequentDrugsTest {

  private static final String A = "314076";
  private static final String B = "197886";
  private static final String C = "105585";

  private static final FrequentDrugs DRUGS =
      new FrequentDrugs(
          SmallCohort.vocabulary(),
          SmallCohort.KNOWLEDGE,
          List.of(
              patient(
                  visit(Map.of("I10", REASON), Map.of(), A),
                  visit(Map.of("I10", REASON), Map.of(), A, B),
                  visit(Map.of("E78.5", REASON, "I10", RECORDED), Map.of(), B)),
              patient(
                  visit(Map.of("M54.5", ACTIVE), Map.of("R05.9", RECORDED), C),
                  visit(Map.of("F32.9", ACTIVE), Map.of(), A),
                  visit(Map.of("I10", REASON), Map.of()))));

  @Test
  void countsDrugsOfVisitsWithTheCodeAndOneOfTheOverallShare() {
    // twice with an order: A both times, B once
    assertScores(Map.of("I10", REASON), Map.of(), (2 + 0.6) / 3, (1 + 0.4) / 3, 0.2 / 3);
  }

  @Test
  void takesTheLargestShareOverSeveralReasons() {
    assertScores(
        Map.of("I10", REASON, "E78.5", REASON), Map.of(), (2 + 0.6) / 3, (1 + 0.4) / 2, 0.2 / 2);
  }

  @Test
  void codeInAnotherRoleIsAnotherCode() {
    assertScores(Map.of("I10", RECORDED), Map.of(), 0.6 / 2, (1 + 0.4) / 2, 0.2 / 2);
  }

  @Test
  void weakerRolesAreReadWithoutAKnownReasonOnly() {
    Map<String, CodeRole> both = Map.of("E11.9", REASON, "M54.5", ACTIVE);
    assertScores(both, Map.of("R05.9", RECORDED), 0.6 / 2, 0.4 / 2, (1 + 0.2) / 2);
    assertScores(Map.of("I10", REASON, "M54.5", ACTIVE), Map.of(), 2.6 / 3, 1.4 / 3, 0.2 / 3);
    assertScores(Map.of("F32.9", ACTIVE), Map.of(), (1 + 0.6) / 2, 0.4 / 2, 0.2 / 2);
  }

  @Test
  void fallsBackToOverallShares() {
    assertScores(Map.of("N18.3", REASON), Map.of(), 0.6, 0.4, 0.2);
    assertScores(Map.of(), Map.of(), 0.6, 0.4, 0.2);
  }

  private static void assertScores(
      Map<String, CodeRole> diagnoses,
      Map<String, CodeRole> symptoms,
      double a,
      double b,
      double c) {
    PatientRecord patient = patient(visit(diagnoses, symptoms, C));
    float[] scores = DRUGS.score(patient, List.of(0), new CodeCoverage())[0];
    double[] ofThese = Stream.of(A, B, C).mapToDouble(d -> scores[index(d)]).toArray();
    assertThat(ofThese).containsExactly(new double[] {a, b, c}, within(1e-6));
  }

  private static int index(String drug) {
    return DRUGS.labels().indexOf(drug);
  }

  private static PatientRecord patient(Visit... visits) {
    return SmallCohort.patient("p", visits);
  }

  private static Visit visit(
      Map<String, CodeRole> diagnoses, Map<String, CodeRole> symptoms, String... drugs) {
    return Visit.of(
        "visit",
        Instant.parse("2020-01-01T08:00:00Z"),
        diagnoses.entrySet().stream()
            .collect(Collectors.toMap(e -> new DiagnosisCode(e.getKey()), Map.Entry::getValue)),
        symptoms.entrySet().stream()
            .collect(Collectors.toMap(e -> new Symptom(e.getKey()), Map.Entry::getValue)),
        Stream.of(drugs).map(DrugCode::new).collect(Collectors.toSet()));
  }
}
