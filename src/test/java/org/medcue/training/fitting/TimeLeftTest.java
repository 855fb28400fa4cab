package org.medcue.training.fitting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.medcue.model.mrkpa.MrKpaModel;
import org.medcue.model.mrkpa.SmallCohort;

/** The time left follows from what epochs took, and says no more than is known. */
class TimeLeftTest {

  private static final int UNITS = 100;

  private final MrKpaModel model = SmallCohort.untrained(1);
  private final ScriptedPhase preTraining = new ScriptedPhase("pre-training", model, 2, UNITS);
  private final ScriptedPhase fineTuning = new ScriptedPhase("fine-tuning", model, 3, UNITS);
  private final List<PlannedEpoch> plan = PlannedEpoch.all(preTraining, fineTuning, 1);
  private final List<EpochFigures> history = new ArrayList<>();

  @AfterEach
  void close() {
    preTraining.close();
    fineTuning.close();
    model.close();
  }

  private void took(String phase, double seconds, double validationSeconds) {
    history.add(new EpochFigures(phase, 1, 0, null, seconds, validationSeconds));
  }

  private String text(int at, int done, double elapsed) {
    return new TimeLeft(plan, history).text(at, done, elapsed);
  }

  @Test
  void phaseThatHasNotBegunIsNotGuessedAt() {
    assertThat(text(0, 50, 10)).isEqualTo("0:30 to fine-tuning");

    took("pre-training", 20, 0);
    assertThat(text(1, 0, 0)).isEqualTo("0:20 to fine-tuning");
    took("pre-training", 20, 0);
    assertThat(text(2, 0, 0)).isEmpty();
  }

  @Test
  void eachPhaseHasItsOwnPace() {
    took("pre-training", 1, 0);
    took("pre-training", 1, 0);

    assertThat(text(2, 25, 100)).isEqualTo("18:20 left"); // 400 s an epoch, 2.75 of them
  }

  @Test
  void validationCounts() {
    took("fine-tuning", 600, 900);

    assertThat(text(3, 0, 0)).isEqualTo("50:00 left");
    assertThat(text(4, 50, 300)).isEqualTo("20:00 left");
    assertThat(text(4, UNITS, 600)).isEqualTo("15:00 left");
  }

  @Test
  void machineThatBecameSlowerIsNoticed() {
    took("fine-tuning", 1000, 0);

    assertThat(text(4, 50, 2000)).isEqualTo("16:40 left"); // 3000 s for one and a half epochs
  }

  @Test
  void hoursAreShown() {
    took("fine-tuning", 5000, 0);

    assertThat(text(3, 0, 0)).isEqualTo("2:46:40 left");
  }

  @Test
  void nothingIsSaidOnceAllIsDone() {
    took("fine-tuning", 5000, 0);

    assertThat(text(plan.size(), 0, 0)).isEmpty();
  }
}
