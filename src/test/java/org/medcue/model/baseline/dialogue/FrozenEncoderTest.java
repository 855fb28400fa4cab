package org.medcue.model.baseline.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medcue.clinical.Speaker;
import org.medcue.model.ddn.EncodedDialogue;

class FrozenEncoderTest {

  @Test
  void runsAreMeansOfFourTokensAndDoNotCrossUtterances() {
    int[] utterances = {0, 0, 0, 0, 0, 0, 1, 1};
    float[] tokens = {1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 7, 2, 8, 1, 10, 3};

    DialogueVectors vectors =
        FrozenEncoder.vectors(
            new EncodedDialogue(
                new int[8], utterances, List.of(Speaker.PATIENT, Speaker.DOCTOR), new int[2], 0),
            tokens,
            2);

    assertThat(vectors.runs()).isEqualTo(3);
    DialogueVectors.Said first = vectors.utterances().get(0);
    assertThat(first.runs().get(0)).containsExactly(2.5f, 0);
    assertThat(first.runs().get(1)).containsExactly(6, 1);
    assertThat(first.mean()[0]).isEqualTo(22 / 6f, within(1e-6f));
    DialogueVectors.Said second = vectors.utterances().get(1);
    assertThat(second.speaker()).isEqualTo(Speaker.DOCTOR);
    assertThat(second.runs()).hasSize(1);
    assertThat(second.mean()).containsExactly(9, 2);
  }
}
