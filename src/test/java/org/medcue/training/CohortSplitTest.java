package org.medcue.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medcue.clinical.PatientRecord;
import org.medcue.training.CohortSplit.Part;

class CohortSplitTest {

  private static final CohortSplit SPLIT = new CohortSplit(20221219);

  /** From {@code printf medcue-split:20221219:patient-0 | sha256sum}, first 8 digits mod 100. */
  @ParameterizedTest
  @CsvSource({
    // 926954ec mod 100 = 56
    "patient-0, TRAIN",
    // 16e28e1d mod 100 = 69
    "patient-112, TRAIN",
    // 1a2e0d46 mod 100 = 70
    "patient-22, VALIDATION",
    // d8aefb6c mod 100 = 84
    "patient-70, VALIDATION",
    // fd0e9365 mod 100 = 85
    "patient-3, TEST",
    // ee4d4b77 mod 100 = 99
    "patient-12, TEST"
  })
  void partFollowsFromTheDigestOfSeedAndIdentifier(String patient, Part part) {
    assertThat(SPLIT.partOf(patient)).isEqualTo(part);
  }

  @Test
  void partsAreSeventyFifteenFifteen() {
    Map<Part, Integer> counts = new EnumMap<>(Part.class);
    IntStream.range(0, 20_000).forEach(i -> counts.merge(SPLIT.partOf("p" + i), 1, Integer::sum));

    assertThat(counts.get(Part.TRAIN)).isCloseTo(14_000, within(200));
    assertThat(counts.get(Part.VALIDATION)).isCloseTo(3_000, within(160));
    assertThat(counts.get(Part.TEST)).isCloseTo(3_000, within(160));
  }

  @Test
  void partsShareNoPatientAndLoseNone() {
    List<PatientRecord> all = patients(200);
    List<PatientRecord> selected = new ArrayList<>();
    for (Part part : Part.values()) {
      selected.addAll(SPLIT.select(all, part));
    }

    assertThat(selected).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void growingCohortMovesNobody() {
    List<PatientRecord> before = SPLIT.select(patients(100), Part.TEST);

    assertThat(SPLIT.select(patients(300), Part.TEST))
        .startsWith(before.toArray(PatientRecord[]::new));
  }

  @Test
  void anotherSeedIsAnotherSplit() {
    assertThat(new CohortSplit(1).select(patients(200), Part.TEST))
        .isNotEqualTo(SPLIT.select(patients(200), Part.TEST));
  }

  private static List<PatientRecord> patients(int count) {
    return IntStream.range(0, count).mapToObj(i -> new PatientRecord("p" + i, List.of())).toList();
  }
}
