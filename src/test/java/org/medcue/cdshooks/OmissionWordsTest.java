package org.medcue.cdshooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.DialogueEvidence;
import org.medcue.clinical.Omission;
import org.medcue.clinical.Omission.Kind;
import org.medcue.clinical.Speaker;
import org.medcue.clinical.Utterance;
import org.medcue.recommendation.Language;

class OmissionWordsTest {

  private static final Utterance ASKED = new Utterance(Speaker.DOCTOR, "发烧吗");
  private static final Utterance SAID = new Utterance(Speaker.PATIENT, "没有");

  @Test
  void aCardSaysWhoHasNotWritten() {
    assertThat(words()).containsExactly("No messages: there is no dialogue to read");
    assertThat(words(SAID)).containsExactly("No messages of the doctor");
    assertThat(words(ASKED)).containsExactly("No messages of the patient");
    assertThat(words(ASKED, SAID)).isEmpty();
  }

  @Test
  void whoMayHaveWrittenInWhatWasCutIsNotSaidToBeSilent() {
    assertThat(
            new OmissionWords(CardPhrases.in(Language.EN))
                .of(evidence(ASKED), List.of(new Omission(Kind.TOO_LONG, "Communication", 2))))
        .first()
        .isEqualTo("No messages of the patient among those that were read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PREFETCH_ABSENT|communications|Messages were not sent: the dialogue may be incomplete",
        "NO_DATE|Communication|2 × message without a date: read in the order in which the EHR sent"
            + " them",
        "NO_DATE|Condition|2 × condition without a date: read as of today, not as history",
        "NO_DATE|Encounter|2 × visit without a date: left out",
        "UNRESOLVED_DIAGNOSIS|MedicationRequest|2 × drug order naming a diagnosis that was not sent"
      })
  void anOmissionIsSaidInWords(Kind kind, String subject, String words) {
    assertThat(
            new OmissionWords(CardPhrases.in(Language.EN))
                .of(evidence(ASKED, SAID), List.of(new Omission(kind, subject, 2))))
        .containsExactly(words);
  }

  @Test
  void countsReadAsTheyDoInChinese() {
    assertThat(
            new OmissionWords(CardPhrases.in(Language.ZH))
                .of(evidence(ASKED, SAID), List.of(new Omission(Kind.NO_DATE, "Encounter", 2))))
        .containsExactly("2 次就诊 没有日期：未采用");
  }

  private static List<String> words(Utterance... utterances) {
    return new OmissionWords(CardPhrases.in(Language.EN)).of(evidence(utterances), List.of());
  }

  private static DialogueEvidence evidence(Utterance... utterances) {
    return new DialogueEvidence(
        new Dialogue(List.of(utterances)), List.of(), Set.of(), List.of(), Map.of(), List.of());
  }
}
