package org.medcue.recommendation.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.medcue.model.profile.Distribution;
import org.medcue.model.profile.Observation;
import org.medcue.model.profile.TrainingProfile;
import org.medcue.recommendation.drift.FieldDrift.Moved;

class DriftReportTest {

  private static final Distribution NOTHING = new Distribution(0, Map.of());
  private static final Distribution CODES =
      new Distribution(100_000, ordered(Map.of("I10", 0.5, "E11.9", 0.3, "other", 0.2)));
  private static final Distribution DRUGS =
      new Distribution(50_000, ordered(Map.of("314076", 0.7, "none", 0.2, "other", 0.1)));
  private static final TrainingProfile PROFILE =
      new TrainingProfile(CODES, DRUGS, NOTHING, 0.0, 0.01);

  private static Map<String, Double> ordered(Map<String, Double> shares) {
    return new LinkedHashMap<>(shares);
  }

  private static FieldDrift codes(long hypertension, long diabetes, long other) {
    return FieldDrift.of(
        DriftField.CODE, CODES, Map.of("I10", hypertension, "E11.9", diabetes, "other", other));
  }

  @Test
  void samePopulationIsStable() {
    FieldDrift same = codes(5000, 3000, 2000);

    assertThat(same.verdict()).isEqualTo(Verdict.STABLE);
    assertThat(same.observations()).isEqualTo(10_000);
    assertThat(same.index().orElseThrow()).isCloseTo(0, within(1e-9));
  }

  @Test
  void somewhatOtherPopulationIsShiftingAndAnotherOneShifted() {
    assertThat(codes(3500, 4500, 2000).verdict()).isEqualTo(Verdict.SHIFTING);
    assertThat(codes(1000, 3000, 6000).verdict()).isEqualTo(Verdict.SHIFTED);
  }

  @Test
  void binsThatMovedMostComeFirst() {
    List<Moved> moved = codes(1000, 3000, 6000).moved();

    assertThat(moved)
        .as("diabetes stayed where it was")
        .containsExactly(new Moved("I10", 0.5, 0.1), new Moved("other", 0.2, 0.6));
  }

  @Test
  void fewObservationsTellNothingHoweverFarTheyAre() {
    FieldDrift few = codes(0, 0, 20);

    assertThat(few.index().orElseThrow()).isGreaterThan(1);
    assertThat(few.byChance().orElseThrow()).isCloseTo(2.0 / 20, within(1e-3));
    assertThat(few.verdict()).isEqualTo(Verdict.TOO_FEW);
    assertThat(codes(0, 0, 30).verdict()).isEqualTo(Verdict.SHIFTED);
  }

  @Test
  void nothingCountedHasNoIndex() {
    FieldDrift nothing = codes(0, 0, 0);

    assertThat(nothing.verdict()).isEqualTo(Verdict.TOO_FEW);
    assertThat(nothing.index()).isEmpty();
    assertThat(nothing.moved()).isEmpty();
  }

  /** 600 of 51 bins: an index of about 0.08 by chance, above 0.1 now and then. */
  @Test
  void chanceAloneIsStable() {
    Map<String, Double> shares = new LinkedHashMap<>();
    for (int bin = 0; bin < 51; bin++) {
      shares.put("bin" + bin, 1.0 / 51);
    }
    Distribution even = new Distribution(1_000_000, shares);
    Random random = new Random(6);
    int above = 0;
    for (int trial = 0; trial < 100; trial++) {
      Map<String, Long> counts = new HashMap<>();
      random.ints(600, 0, 51).forEach(bin -> counts.merge("bin" + bin, 1L, Long::sum));
      FieldDrift drift = FieldDrift.of(DriftField.CODE, even, counts);
      above += drift.index().orElseThrow() > 0.1 ? 1 : 0;
      assertThat(drift.verdict()).isEqualTo(Verdict.STABLE);
    }
    assertThat(above).as("what the usual bound would call a change").isPositive();
  }

  @Test
  void whatTheProfileDoesNotTellOfIsLeftOut() {
    DriftReport report = DriftReport.of(PROFILE, Map.of());

    assertThat(report.fields())
        .extracting(FieldDrift::field)
        .containsExactly(DriftField.CODE, DriftField.DRUG);
    assertThat(report.answers()).isZero();
    assertThat(report.unknown().share()).isEmpty();
  }

  @Test
  void answerIsCountedInTheBinsOfTheProfileAlone() {
    DriftSample sample =
        DriftSample.of(
            "mrkpa",
            "2.1.0",
            PROFILE,
            new Observation(
                List.of("I10", "Q87.40", "E75.22"),
                List.of("314076", "834061"),
                Optional.empty(),
                1,
                7));

    assertThat(sample.counts())
        .isEqualTo(
            Map.of(
                DriftCell.ANSWERS,
                1L,
                new DriftCell(DriftField.CODE, "I10"),
                1L,
                new DriftCell(DriftField.CODE, "other"),
                2L,
                new DriftCell(DriftField.DRUG, "314076"),
                1L,
                new DriftCell(DriftField.DRUG, "other"),
                1L,
                DriftCell.UNKNOWN,
                1L,
                DriftCell.KNOWN,
                6L));

    DriftReport report = DriftReport.of(PROFILE, sample.counts());
    assertThat(report.answers()).isEqualTo(1);
    assertThat(report.unknown())
        .isEqualTo(new DriftReport.Unknown(7, Optional.of(1.0 / 7), 0.0, 0.01));
    assertThat(report.fields()).extracting(FieldDrift::observations).containsExactly(3L, 2L);
  }

  @Test
  void lengthsAreComparedOfDialogues() {
    Distribution lengths = new Distribution(1_000, ordered(Map.of("0-5", 0.4, "other", 0.6)));
    TrainingProfile profile = new TrainingProfile(CODES, DRUGS, lengths, 0, 0);
    DriftSample sample =
        DriftSample.of(
            "ddn",
            "1.1.0",
            profile,
            new Observation(List.of(), List.of("none"), Optional.of("0-5"), 0, 0));

    DriftReport report = DriftReport.of(profile, sample.counts());

    assertThat(report.fields().get(2).field()).isEqualTo(DriftField.LENGTH);
    assertThat(report.fields().get(2).moved().get(0)).isEqualTo(new Moved("other", 0.6, 0.0));
    assertThat(report.unknown().share()).as("no disease was stated").isEmpty();
  }
}
