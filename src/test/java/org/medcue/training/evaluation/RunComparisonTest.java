package org.medcue.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.medcue.training.TrainingException;

class RunComparisonTest {

  private static final Offset<Double> EXACTLY = within(1e-12);

  /** Of two drugs prescribed both found: 1; one found, nothing else: 1/2; none: 0. */
  private static VisitScore visit(int earlier, int hits, double precision) {
    return new VisitScore(earlier, hits, hits, 2, precision);
  }

  private static RunScores run(String system, long seed, List<RunScores.Patient> patients) {
    return new RunScores(system, seed, 0.3, patients);
  }

  private static RunScores.Patient patient(String id, VisitScore... visits) {
    return RunScores.Patient.of(id, List.of(visits));
  }

  private static RunScores ours(long seed) {
    return run(
        "ours",
        seed,
        List.of(
            patient("a", visit(1, 2, 1), visit(2, 2, 1), visit(3, 1, 0.5)),
            patient("b", visit(4, 1, 0.5))));
  }

  private static RunScores theirs() {
    return run(
        "theirs",
        1,
        List.of(
            patient("a", visit(1, 1, 0.75), visit(2, 1, 0.5), visit(3, 1, 0.5)),
            patient("b", visit(4, 2, 1))));
  }

  @Test
  void bothAveragesByHand() {
    RunComparison comparison = RunComparison.between(List.of(ours(1)), List.of(theirs()));

    assertThat(comparison.patients()).isEqualTo(2);
    assertThat(comparison.visits()).isEqualTo(4);
    // Jaccard: a gains 1/2 + 1/2 + 0, b loses 1/2
    assertThat(comparison.jaccard().overVisits().mean()).isCloseTo(0.5 / 4, EXACTLY);
    assertThat(comparison.jaccard().overPatients().mean()).isCloseTo((1 / 3.0 - 0.5) / 2, EXACTLY);
    // Average precision: a gains 1/4 + 1/2 + 0, b loses 1/2
    assertThat(comparison.prAuc().overVisits().mean()).isCloseTo(0.25 / 4, EXACTLY);
    assertThat(comparison.prAuc().overPatients().mean()).isCloseTo((0.25 - 0.5) / 2, EXACTLY);
    // Drawn are whole patients: at worst b twice, at best a twice
    assertThat(comparison.jaccard().overPatients().low()).isCloseTo(-0.5, EXACTLY);
    assertThat(comparison.jaccard().overPatients().high()).isCloseTo(1 / 3.0, EXACTLY);
    assertThat(comparison.jaccard().overVisits().excludesZero()).isFalse();
  }

  @Test
  void seedsAreAveragedFirst() {
    RunScores other =
        run(
            "ours",
            2,
            List.of(
                patient("a", visit(1, 0, 0), visit(2, 0, 0), visit(3, 1, 0.5)),
                patient("b", visit(4, 1, 0.5))));

    RunComparison comparison = RunComparison.between(List.of(ours(1), other), List.of(theirs()));

    // a: 1/2 each after averaging, as theirs; b: 1/2 less than theirs
    assertThat(comparison.jaccard().overVisits().mean()).isCloseTo(-0.5 / 4, EXACTLY);
  }

  @Test
  void systemComparedWithItselfGainsNothing() {
    RunComparison comparison = RunComparison.between(List.of(ours(1)), List.of(ours(2)));

    assertThat(comparison.jaccard().overVisits()).isEqualTo(new PairedDifference(0, 0, 0));
  }

  @Test
  void runsOverOtherVisitsAreRefused() {
    RunScores other = run("other", 3, List.of(patient("a", visit(1, 1, 1))));

    assertThatThrownBy(() -> RunComparison.between(List.of(ours(1)), List.of(other)))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("ours (seed 1)")
        .hasMessageContaining("other (seed 3)")
        .hasMessageContaining("same visits");
    assertThatThrownBy(() -> RunComparison.between(List.of(), List.of(other)))
        .isInstanceOf(TrainingException.class);
  }

  @Test
  void runSurvivesJsonWithoutIdentifiers() throws JsonProcessingException {
    JsonMapper json = JsonMapper.builder().build();

    String text = json.writeValueAsString(ours(1));

    assertThat(json.readValue(text, RunScores.class)).isEqualTo(ours(1));
    assertThat(text).contains("[1,2,2,2,1.0]").doesNotContain("\"a\"");
  }
}
