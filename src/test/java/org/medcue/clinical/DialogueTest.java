package org.medcue.clinical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialogueTest {

  @Test
  void aBlockEndsWhereTheOtherSpeaks() {
    assertThat(dialogue("PPDPDD").blocks()).containsExactly(0, 0, 1, 2, 3, 3);
  }

  @Test
  void oneSpeakerIsOneBlock() {
    assertThat(dialogue("PPP").blocks()).containsExactly(0, 0, 0);
  }

  @Test
  void nothingSaidHasNoBlocks() {
    assertThat(Dialogue.EMPTY.blocks()).isEmpty();
  }

  @Test
  void laterChangesOfTheListDoNotReachTheDialogue() {
    List<Utterance> utterances = new ArrayList<>(dialogue("PD").utterances());
    Dialogue dialogue = new Dialogue(utterances);

    utterances.clear();

    assertThat(dialogue.utterances()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t"})
  void anUtteranceNeedsWords(String text) {
    assertThatThrownBy(() -> new Utterance(Speaker.PATIENT, text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDiagnosisNeedsACodeOrWords() {
    assertThatThrownBy(
            () -> new StatedDiagnosis(StatedDiagnosis.Source.ORDER, List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Dialogue dialogue(String speakers) {
    return new Dialogue(
        speakers
            .chars()
            .mapToObj(c -> new Utterance(c == 'P' ? Speaker.PATIENT : Speaker.DOCTOR, "x"))
            .toList());
  }
}
