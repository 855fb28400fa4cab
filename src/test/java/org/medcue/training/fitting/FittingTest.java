package org.medcue.training.fitting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medcue.model.mrkpa.MrKpaModel;
import org.medcue.model.mrkpa.SmallCohort;
import org.medcue.training.Progress;

/** Which epochs run, in which order, and whose weights remain. */
class FittingTest {

  private final MrKpaModel model = SmallCohort.untrained(1);
  private final List<Map<String, List<Float>>> weightsByEpoch = new ArrayList<>();
  private final List<String> ran = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  @AfterEach
  void close() {
    model.close();
  }

  private Fitting.Outcome fit(
      int preTraining, int fineTuning, Fitting.Plan plan, double... scores) {
    try (@Nullable ScriptedPhase before =
            preTraining == 0 ? null : phase("pre-training", preTraining);
        ScriptedPhase tuning = phase("fine-tuning", fineTuning)) {
      return new Fitting(
              model,
              before,
              tuning,
              plan,
              () -> {
                weightsByEpoch.add(weights());
                return scores[weightsByEpoch.size() - 1];
              },
              null,
              new Progress() {
                @Override
                public void update(String what, long done, long total) {
                  ran.add(what.split(":", 2)[0]);
                }

                @Override
                public void finished(String line) {
                  lines.add(line);
                }
              })
          .run();
    }
  }

  private ScriptedPhase phase(String name, int epochs) {
    return new ScriptedPhase(name, model, epochs);
  }

  private Map<String, List<Float>> weights() {
    Map<String, List<Float>> weights = new LinkedHashMap<>();
    model
        .parameters()
        .forEach(
            (name, p) -> {
              List<Float> values = new ArrayList<>();
              for (float value : p.getArray().toFloatArray()) {
                values.add(value);
              }
              weights.put(name, values);
            });
    return weights;
  }

  @Test
  void weightsOfTheBestEpochRemainWhateverCameAfter() {
    Fitting.Outcome outcome = fit(0, 4, new Fitting.Plan(1, 5), 0.1, 0.5, 0.3, 0.2);

    assertThat(outcome.bestEpoch()).isEqualTo(2);
    assertThat(outcome.validationPrAuc()).isEqualTo(0.5);
    assertThat(outcome.epochs()).isEqualTo(4);
    assertThat(weightsByEpoch).hasSize(4).doesNotHaveDuplicates();
    assertThat(weights()).isEqualTo(weightsByEpoch.get(1));
  }

  @Test
  void lastEpochMayBeTheBest() {
    fit(0, 3, new Fitting.Plan(1, 5), 0.1, 0.2, 0.3);

    assertThat(weights()).isEqualTo(weightsByEpoch.get(2));
  }

  @Test
  void ofEpochsThatAreEquallyGoodTheFirstRemains() {
    assertThat(fit(0, 3, new Fitting.Plan(1, 5), 0, 0, 0).bestEpoch()).isEqualTo(1);
    assertThat(weights()).isEqualTo(weightsByEpoch.get(0));
  }

  /** Comparisons with NaN are false: it would stay the best for ever. */
  @Test
  void scoreThatIsNoNumberIsNeverTheBestOnceThereIsOne() {
    assertThat(fit(0, 3, new Fitting.Plan(1, 5), Double.NaN, 0.2, 0.1).bestEpoch()).isEqualTo(2);
    assertThat(weights()).isEqualTo(weightsByEpoch.get(1));
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "2, 4", "3, 5", "9, 6"})
  void patienceEndsATrainingThatNoLongerImproves(int patience, int epochs) {
    Fitting.Outcome outcome =
        fit(0, 6, new Fitting.Plan(1, patience), 0.1, 0.5, 0.2, 0.3, 0.4, 0.45);

    assertThat(outcome.epochs()).isEqualTo(epochs);
    assertThat(outcome.bestEpoch()).isEqualTo(2);
  }

  @Test
  void preTrainingComesFirst() {
    fit(2, 2, new Fitting.Plan(1, 5), 0.1, 0.2);

    assertThat(ran)
        .containsExactly(
            "pre-training 1/2", "pre-training 2/2", "fine-tuning 1/2", "fine-tuning 2/2");
  }

  @Test
  void roundsAlternateAndShareTheEpochsOut() {
    fit(3, 4, new Fitting.Plan(2, 5), 0.1, 0.2, 0.3, 0.4);

    assertThat(ran)
        .containsExactly(
            "pre-training 1/3",
            "fine-tuning 1/4",
            "fine-tuning 2/4",
            "pre-training 2/3",
            "pre-training 3/3",
            "fine-tuning 3/4",
            "fine-tuning 4/4");
  }

  @Test
  void planWithoutRoundsOrPatienceIsRefused() {
    assertThatThrownBy(() -> new Fitting.Plan(0, 1)).hasMessageContaining("rounds");
    assertThatThrownBy(() -> new Fitting.Plan(1, 0)).hasMessageContaining("patience");
  }

  @Test
  void everyEpochIsReportedInOneLineWithItsFigures() {
    fit(1, 2, new Fitting.Plan(1, 5), 0.1, 0.25);

    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .startsWith("pre-training 1/1: loss ")
        .doesNotContain("PR-AUC", "best", "left"); // how long fine-tuning takes is not known yet
    assertThat(lines.get(1))
        .startsWith("fine-tuning 1/2: loss ")
        .contains("rate ", "visits/s, validation PR-AUC 0.1000, best 0.1000 in epoch 1, took 0 s, ")
        .endsWith(" left");
    assertThat(lines.get(2)).contains("validation PR-AUC 0.2500, best 0.2500 in epoch 2, took 0 s");
  }

  @Test
  void lineOfTheLastEpochSaysWhyThereAreNoMore() {
    fit(0, 6, new Fitting.Plan(1, 2), 0.5, 0.2, 0.3);

    assertThat(lines).hasSize(3);
    assertThat(lines.get(2)).endsWith(", stopped: no better for 2 epochs");
  }

  @Test
  void historyHasLossAndScoreOfEachEpoch() {
    Fitting.Outcome outcome = fit(1, 2, new Fitting.Plan(1, 5), 0.1, Double.NaN);

    assertThat(outcome.history())
        .extracting(EpochFigures::phase, EpochFigures::epoch, EpochFigures::validationPrAuc)
        .containsExactly(
            tuple("pre-training", 1, null),
            tuple("fine-tuning", 1, 0.1),
            tuple("fine-tuning", 2, null));
    assertThat(outcome.history()).extracting(EpochFigures::loss).doesNotHaveDuplicates();
  }
}
