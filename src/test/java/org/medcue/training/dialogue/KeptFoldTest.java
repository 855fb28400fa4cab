package org.medcue.training.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medcue.training.TrainingException;

class KeptFoldTest {

  private static final CrossValidation.Fold FOLD =
      new CrossValidation.Fold(
          1, List.of(), List.of(Talk.withDrugs("talks:1", 0), Talk.withDrugs("talks:2", 1)));

  @TempDir private Path folder = Path.of("");

  private static KeptFold kept(double first, double second) {
    DialogueScorer scorer = (dialogue, disease) -> Talk.probabilities(first, second);
    return KeptFold.of(
        "data 1",
        System.nanoTime(),
        FOLD,
        protocol -> scorer,
        (w, d, t) -> {},
        FeasibilityCurve.BEGINNINGS);
  }

  @Test
  void whatIsReadIsWhatWasWritten() {
    Path file = folder.resolve("system-1.json");
    KeptFold kept = kept(0.7, 0.2);
    kept.write(file);

    KeptFold read = KeptFold.read(file, "data 1").orElseThrow();

    assertThat(read.minutes()).isEqualTo(kept.minutes());
    for (Protocol protocol : Protocol.values()) {
      assertThat(read.scored(FOLD, protocol))
          .usingRecursiveComparison()
          .isEqualTo(kept.scored(FOLD, protocol));
    }
    assertThat(read.scoredUpTo(FOLD, 40)).hasSize(2);
    assertThat(folder).isDirectoryNotContaining("glob:**.partial");
  }

  @Test
  void marksCountUnderThePapersProtocolAlone() {
    KeptFold kept = kept(0.7, 0.2);

    assertThat(kept.scored(FOLD, Protocol.CLINICAL).get(0).probabilities()).startsWith(0.7f, 0.2f);
    assertThat(kept.scored(FOLD, Protocol.PAPER).get(0).probabilities()[0]).isGreaterThan(0.7f);
  }

  @Test
  void blendIsTheMeanOfLogits() {
    KeptFold blended = kept(0.9, 0.5).blendedWith(kept(0.5, 0.5), 0.5);

    float[] probabilities = blended.scored(FOLD, Protocol.CLINICAL).get(1).probabilities();

    assertThat(probabilities[0]).isCloseTo(0.75f, within(1e-5f)); // odds 9 and 1: 3
    assertThat(probabilities[1]).isCloseTo(0.5f, within(1e-5f));
    assertThat(blended.scoredUpTo(FOLD, 20).get(0).probabilities()[0])
        .isCloseTo(0.75f, within(1e-5f));
  }

  @Test
  void resultsOfOtherDataAreRefused() {
    Path file = folder.resolve("system-1.json");
    kept(0.7, 0.2).write(file);

    assertThatThrownBy(() -> KeptFold.read(file, "data 2"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("other data or settings");
  }

  @Test
  void dialoguesOfARenamedFileAreNamed() {
    CrossValidation.Fold renamed =
        new CrossValidation.Fold(1, List.of(), List.of(Talk.withDrugs("others:1", 0)));

    assertThatThrownBy(() -> kept(0.7, 0.2).scored(renamed, Protocol.CLINICAL))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("others:1")
        .hasMessageContaining("the name that it had");
  }

  @Test
  void brokenFileSaysWhatToDo() throws IOException {
    Path file = Files.writeString(folder.resolve("system-1.json"), "{");

    assertThatThrownBy(() -> KeptFold.read(file, "data 1"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("delete it");
    assertThat(KeptFold.read(folder.resolve("none.json"), "data 1")).isEmpty();
  }
}
