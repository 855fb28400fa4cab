package org.medcue.recommendation.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.medcue.model.profile.Distribution;
import org.medcue.model.profile.Observation;
import org.medcue.model.profile.TrainingProfile;
import org.medcue.platform.UnavailableException;

class DriftCountsTest {

  private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);
  private static final Distribution SOME = new Distribution(10, Map.of("a", 0.5, "other", 0.5));
  private static final TrainingProfile PROFILE = new TrainingProfile(SOME, SOME, SOME, 0, 0);
  private static final DriftKey A =
      new DriftKey("m", "1", MONDAY, new DriftCell(DriftField.CODE, "a"));

  private final DriftCounts counts = new DriftCounts();
  private final List<SortedMap<DriftKey, Long>> stored = new ArrayList<>();

  private static DriftSample sample(String... codes) {
    return DriftSample.of(
        "m",
        "1",
        PROFILE,
        new Observation(List.of(codes), List.of(), Optional.empty(), 0, codes.length));
  }

  private static void away(SortedMap<DriftKey, Long> counts) {
    throw new UnavailableException("the counts of drift", new IllegalStateException("away"));
  }

  private void store(SortedMap<DriftKey, Long> flushed) {
    stored.add(new TreeMap<>(flushed));
  }

  @Test
  void eachAnswerIsStoredOnce() {
    counts.add(MONDAY, sample("a"));
    counts.add(MONDAY, sample("a", "b"));

    counts.flush(this::store);
    counts.flush(this::store);

    assertThat(stored).hasSize(1);
    assertThat(stored.get(0)).containsEntry(A, 2L);
  }

  @Test
  void storeThatIsAwayDelaysAndLosesNothing() {
    counts.add(MONDAY, sample("a"));
    assertThatThrownBy(() -> counts.flush(DriftCountsTest::away))
        .isInstanceOf(UnavailableException.class);
    counts.add(MONDAY, sample("a"));
    counts.add(MONDAY.plusDays(1), sample("a"));

    counts.flush(this::store);

    assertThat(stored.get(0))
        .containsEntry(A, 2L)
        .containsEntry(new DriftKey("m", "1", MONDAY.plusDays(1), A.cell()), 1L);
  }

  @Test
  void answerGivenMeanwhileIsStoredTheNextTime() {
    counts.add(MONDAY, sample("a"));
    counts.flush(
        flushed -> {
          counts.add(MONDAY, sample("a"));
          store(flushed);
        });
    counts.flush(this::store);

    assertThat(stored).extracting(flushed -> flushed.get(A)).containsExactly(1L, 1L);
  }

  @Test
  void outageTakesNoMoreRoomThanBins() {
    for (int call = 0; call < 1000; call++) {
      counts.add(MONDAY, sample("a", "rare-" + call));
    }

    counts.flush(this::store);

    assertThat(stored.get(0)).as("answers, codes a and other, known ones").hasSize(4);
  }
}
