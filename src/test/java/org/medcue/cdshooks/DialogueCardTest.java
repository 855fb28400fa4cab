package org.medcue.cdshooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.DialogueEvidence;
import org.medcue.clinical.DiseaseRead.Basis;
import org.medcue.clinical.DrugLabel;
import org.medcue.clinical.Explanation;
import org.medcue.clinical.Explanation.Said;
import org.medcue.clinical.Speaker;
import org.medcue.clinical.Utterance;
import org.medcue.recommendation.HookCall;
import org.medcue.recommendation.Language;
import org.medcue.recommendation.OfferedDrug;
import org.medcue.recommendation.Recommendation;
import org.medcue.recommendation.Recommendation.NamedDisease;
import org.medcue.recommendation.RecommendationRequest;

/** What a doctor reads on a card about a dialogue, in either language. */
class DialogueCardTest {

  private static final DrugLabel OMEPRAZOLE = new DrugLabel("奥美拉唑");
  private static final Utterance COMPLAINT = new Utterance(Speaker.PATIENT, "晚上反酸*烧心*");
  private static final Utterance QUESTION = new Utterance(Speaker.DOCTOR, "多久了");

  private static List<Card> render(Language language, Utterance... utterances) {
    DialogueEvidence evidence =
        new DialogueEvidence(
            new Dialogue(List.of(utterances)), List.of(), Set.of(), List.of(), Map.of(), List.of());
    RecommendationRequest request =
        new RecommendationRequest(
            "medication-suggestions-dialogue",
            new HookCall("local", new UUID(0, 1), "Practitioner/1", "p-1", Optional.empty()),
            evidence,
            Set.of(),
            false,
            Set.of(),
            language);
    boolean chinese = language == Language.ZH;
    OfferedDrug offered =
        new OfferedDrug(
            OMEPRAZOLE,
            chinese ? "奥美拉唑 (Omeprazole)" : "Omeprazole (奥美拉唑)",
            List.of("A02BC01"),
            0.9,
            false,
            Optional.empty(),
            false,
            Optional.empty(),
            Explanation.ofDialogue(
                OMEPRAZOLE, List.of(new Said(0, 2.0), new Said(1, 0.5), new Said(7, 0.4))),
            List.of());
    return new CardRenderer()
        .render(
            new Recommendation(
                new UUID(0, 2),
                request,
                "ddn",
                "1.0.0",
                Optional.of("drug label"),
                List.of(),
                utterances.length == 0 ? List.of() : List.of(offered),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(new NamedDisease("Gastritis (胃炎)", Basis.ORDER)),
                List.of(),
                List.of(),
                Duration.ZERO,
                Optional.empty()),
            List.of());
  }

  @Test
  void theDoctorReadsInEnglishWhatWasSaid() {
    Card card = render(Language.EN, COMPLAINT, QUESTION).get(0);

    assertThat(card.summary()).isEqualTo("Options for this order: Omeprazole (奥美拉唑) (90 %)");
    assertThat(card.suggestions().get(0).label()).isEqualTo("Order Omeprazole (奥美拉唑)");
    assertThat(card.detail())
        .contains("patient “晚上反酸\\*烧心\\*” (message 1); doctor “多久了” (message 2)")
        .contains("Messages read: 2, of the patient 1, of the doctor 1")
        .contains("Disease: Gastritis (胃炎), as the order states")
        .contains("may stand for a closely related drug", "weighed by their wording alone");
  }

  @Test
  void theDoctorReadsInChineseWhatWasSaid() {
    Card card = render(Language.ZH, COMPLAINT, QUESTION).get(0);

    assertThat(card.summary()).isEqualTo("供本医嘱参考的药物：奥美拉唑 (Omeprazole)（90 %）");
    assertThat(card.suggestions().get(0).label()).isEqualTo("开具 奥美拉唑 (Omeprazole)");
    assertThat(card.detail())
        .contains("患者“晚上反酸\\*烧心\\*”（第 1 条）；医生“多久了”（第 2 条）")
        .contains("| 序号 | 药物 | 概率 | |", "2 条消息：患者 1 条，医生 1 条")
        .doesNotContain("Missing", "Options", "What weighed");
  }

  @Test
  void aDialogueInWhichNothingWasSaidIsSaidToBeSo() {
    Card card = render(Language.EN).get(0);

    assertThat(card.summary())
        .isEqualTo("No suggestion: there are no messages of doctor and patient");
    assertThat(card.suggestions()).isEmpty();
    assertThat(render(Language.ZH).get(0).summary()).isEqualTo("无建议：没有医患对话");
  }

  @Test
  void quotesAreShortAndShowWhatWasWritten() {
    assertThat(UtterancesWhy.quote("😀".repeat(200))).isEqualTo("😀".repeat(59) + "…");
    assertThat(UtterancesWhy.quote("a\u0000\u202eb\n| <b>")).isEqualTo("a b \\| &lt;b&gt;");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "zh-CN,zh;q=0.9,en;q=0.8|ZH",
        "en-GB,zh;q=0.5|EN",
        "zh-Hant-HK|ZH",
        "de,zh;q=0.1|ZH",
        "fr|",
        "*|",
        "zh;q=0|",
        "zh;q=x|",
        "\u0000|"
      })
  void theClientsPreferenceDecides(String header, Language language) {
    assertThat(Language.accepted(header)).isEqualTo(Optional.ofNullable(language));
  }

  @ParameterizedTest
  @CsvSource({"card,cdshooks", "safety,recommendation"})
  void everySentenceIsThereInBothLanguagesWithTheSamePlaces(String file, String feature)
      throws IOException {
    Properties english = properties(feature + "/" + file + ".properties");
    Properties chinese = properties(feature + "/" + file + "_zh.properties");
    english.stringPropertyNames().forEach(key -> assertThat(chinese).containsKey(key));
    for (String key : english.stringPropertyNames()) {
      assertThat(places(chinese.getProperty(key)))
          .as(key)
          .isEqualTo(places(english.getProperty(key)));
    }
  }

  private static long places(String sentence) {
    return sentence.chars().filter(c -> c == '%').count();
  }

  private static Properties properties(String name) throws IOException {
    Properties properties = new Properties();
    try (Reader in =
        new InputStreamReader(
            Objects.requireNonNull(
                DialogueCardTest.class.getResourceAsStream("/org/medcue/" + name)),
            StandardCharsets.UTF_8)) {
      properties.load(in);
    }
    return properties;
  }
}
