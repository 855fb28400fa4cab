package org.medcue.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.medcue.training.evaluation.HandCohort.ALWAYS;
import static org.medcue.training.evaluation.HandCohort.COHORT;
import static org.medcue.training.evaluation.HandCohort.SUBJECTS;
import static org.medcue.training.evaluation.HandCohort.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medcue.clinical.PatientRecord;
import org.medcue.model.learning.Calibration;

/** Results by group, by hand. */
class StrataTest {

  private static final Offset<Double> EXACTLY = within(1e-12);

  /** Each patient of the cohort so often that no group is too small to be shown. */
  private static EvaluationReport reportOfMany(int times) {
    List<PatientRecord> many = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      for (PatientRecord patient : COHORT) {
        many.add(new PatientRecord(patient.patientId(), patient.visits()));
      }
    }
    return new Evaluation(ALWAYS, many, SUBJECTS, (what, done, total) -> {})
        .report("always/1", "all", 0.4);
  }

  @Test
  void groupsOfVisits() {
    Map<String, List<Stratum>> strata = reportOfMany(10).strata();

    assertThat(names(strata, "earlierVisits")).containsExactly("1", "2-4");
    assertThat(names(strata, "ageBand")).containsExactly("0-17", "unknown");
    assertThat(names(strata, "sex")).containsExactly("female", "unknown");
    // b's scored visit comes after two, but only one with a drug
    assertThat(strata.get("earlierVisitsWithDrugs"))
        .extracting(Stratum::visits)
        .containsExactly(20, 20);
    // After two visits or three: a's second and third, b's only one
    Stratum later = Objects.requireNonNull(strata.get("earlierVisits")).get(1);
    assertThat(later.visits()).isEqualTo(30);
    assertThat(later.patients()).isEqualTo(20);
    Stratum.GroupScores scores = Objects.requireNonNull(later.scores());
    assertThat(scores.sample().jaccard()).isCloseTo(1.5 / 3, EXACTLY);
    assertThat(scores.copyLastVisitJaccard()).isCloseTo(1.5 / 3, EXACTLY);
    assertThat(scores.jaccardLow()).isBetween(0.0, 0.5);
    assertThat(scores.jaccardHigh()).isBetween(0.5, 0.75);
  }

  @Test
  void groupOfFewerThanTenPatientsIsHidden() {
    List<Stratum> groups = Objects.requireNonNull(reportOfMany(9).strata().get("sex"));

    // Each nine patients: a's three visits, b's single one
    assertThat(groups)
        .containsExactly(
            new Stratum("female", null, null, true, null),
            new Stratum("unknown", null, null, true, null));
  }

  @Test
  void smallestOtherGroupIsHiddenWithASingleOne() {
    Stratum.GroupScores scores =
        new Stratum.GroupScores(new Scores.Sample(0.5, 0.5, 0.5), 0.4, 0.6, 1, 1, 0.3);
    Stratum few = Stratum.of("1", 9, 40, scores);
    Stratum less = Stratum.of("2-4", 12, 15, scores);
    Stratum most = Stratum.of("5+", 93, 5955, scores);

    assertThat(Strata.withSecondHidden(List.of(few, less, most)))
        .containsExactly(Stratum.hidden("1"), Stratum.hidden("2-4"), most);
    assertThat(Strata.withSecondHidden(List.of(less, most))).containsExactly(less, most);
  }

  @Test
  void hiddenFiguresAreNotInTheJson() throws IOException {
    String json = new JsonMapper().writeValueAsString(report(0.4, Calibration.none()));

    JsonNode group = new JsonMapper().readTree(json).at("/strata/sex/0");
    assertThat(group.fieldNames()).toIterable().containsExactlyInAnyOrder("name", "few");
    JsonNode shown =
        new JsonMapper()
            .readTree(new JsonMapper().writeValueAsString(reportOfMany(10)))
            .at("/strata/sex/0");
    assertThat(shown.at("/sample/jaccard").isNumber()).isTrue();
    assertThat(shown.at("/jaccardLow").isNumber()).isTrue();
    assertThat(shown.at("/patients").intValue()).isEqualTo(10);
  }

  private static List<String> names(Map<String, List<Stratum>> strata, String attribute) {
    return Objects.requireNonNull(strata.get(attribute)).stream().map(Stratum::name).toList();
  }

  @ParameterizedTest
  @CsvSource({"0,0-17", "17,0-17", "18,18-39", "40,40-64", "65,65-79", "79,65-79", "80,80+"})
  void ageBands(int age, String band) {
    assertThat(Strata.ageBand(OptionalInt.of(age))).isEqualTo(band);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,2-4", "4,2-4", "5,5+", "60,5+"})
  void bandsOfEarlierVisits(int count, String band) {
    assertThat(Strata.earlierVisits(count)).isEqualTo(band);
  }

  @Test
  void fewAreFewerThanTwentyVisitsOrTenPatients() {
    Stratum.GroupScores scores =
        Objects.requireNonNull(
            Objects.requireNonNull(reportOfMany(10).strata().get("sex")).get(0).scores());

    assertThat(Stratum.of("x", 10, 20, scores).few()).isFalse();
    assertThat(Stratum.of("x", 10, 19, scores).few()).isTrue();
    assertThat(Stratum.of("x", 10, 19, scores).scores()).isNotNull();
    assertThat(Stratum.of("x", 9, 5000, scores).few()).isTrue();
  }
}
