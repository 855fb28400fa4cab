package org.medcue.model.ddn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.clinical.Speaker.DOCTOR;
import static org.medcue.clinical.Speaker.PATIENT;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.Utterance;
import org.medcue.model.text.PretrainedEncoder;
import org.medcue.model.text.TextTokenizer;

class DialogueEncodingTest {

  private static final TextTokenizer TOKENIZER = PretrainedEncoder.BGE_SMALL_ZH.tokenizer();
  private static final DialogueEncoding ENCODING = new DialogueEncoding(TOKENIZER, 384);

  @AfterAll
  static void close() {
    TOKENIZER.close();
  }

  @Test
  void eachUtteranceIsFramedAndKnowsItsSpeaker() {
    EncodedDialogue encoded =
        ENCODING.encode(
            new Dialogue(List.of(new Utterance(PATIENT, "咳嗽"), new Utterance(DOCTOR, "多久"))));

    assertThat(encoded.length()).isEqualTo(8);
    assertThat(encoded.tokens()[0]).isEqualTo(TOKENIZER.first());
    assertThat(encoded.tokens()[3]).isEqualTo(TOKENIZER.last());
    assertThat(encoded.tokens()[4]).isEqualTo(TOKENIZER.first());
    assertThat(encoded.utterances()).containsExactly(0, 0, 0, 0, 1, 1, 1, 1);
    assertThat(encoded.speakerOf(7)).isEqualTo(DOCTOR);
  }

  @Test
  void utterancesOfABlockAndOfNeighbouringBlocksAreJoined() {
    EncodedDialogue encoded =
        ENCODING.encode(
            new Dialogue(
                List.of(
                    new Utterance(PATIENT, "一"),
                    new Utterance(DOCTOR, "二"),
                    new Utterance(DOCTOR, "三"),
                    new Utterance(PATIENT, "四"))));

    assertThat(encoded.joined(1, 2)).isTrue();
    assertThat(encoded.joined(0, 2)).isTrue();
    assertThat(encoded.joined(1, 3)).isTrue();
    assertThat(encoded.joined(0, 3)).isFalse();
  }

  @Test
  void longDialogueKeepsItsFirstUtteranceAndItsEnd() {
    List<Utterance> said =
        IntStream.range(0, 40)
            .mapToObj(i -> new Utterance(i % 2 == 0 ? PATIENT : DOCTOR, "第" + i + "句话说了很多很多的字"))
            .toList();

    EncodedDialogue encoded = ENCODING.encode(new Dialogue(said));

    assertThat(encoded.length()).isBetween(350, 384);
    assertThat(encoded.blocks()[0]).isZero();
    assertThat(encoded.blocks()[encoded.blocks().length - 1]).isEqualTo(39);
    assertThat(encoded.joined(0, 1)).as("what was between them is not read").isFalse();
    assertThat(encoded.lost()).isEqualTo(40 - encoded.speakers().size());
  }

  @Test
  void longUtterancesAreCut() {
    EncodedDialogue encoded =
        ENCODING.encode(
            new Dialogue(
                List.of(
                    new Utterance(PATIENT, "字".repeat(1000)),
                    new Utterance(DOCTOR, "药".repeat(1000)))));

    assertThat(encoded.length()).isEqualTo(128 + 202);
    assertThat(encoded.lost()).isEqualTo(2);
    assertThat(encoded.tokens()[127]).isEqualTo(TOKENIZER.last());
  }

  @Test
  void nothingSaidIsOneEmptyUtterance() {
    assertThat(ENCODING.encode(Dialogue.EMPTY).tokens())
        .containsExactly(TOKENIZER.first(), TOKENIZER.last());
  }

  @Test
  void emojiLatinAndRareCharactersAreTokensToo() {
    EncodedDialogue encoded =
        ENCODING.encode(new Dialogue(List.of(new Utterance(PATIENT, "🙂 OK 喉嚨痛 𠮷"))));

    assertThat(encoded.length()).isGreaterThan(4);
  }
}
