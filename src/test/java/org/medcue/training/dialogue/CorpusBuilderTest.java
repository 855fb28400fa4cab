package org.medcue.training.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medcue.clinical.Dialogue;
import org.medcue.knowledge.DialogueDrug;
import org.medcue.training.TrainingException;
import org.medcue.training.dialogue.CorpusBuilder.LeftOut;

class CorpusBuilderTest {

  private static final CorpusBuilder BUILDER = new CorpusBuilder(Talk.KNOWLEDGE);

  private static CorpusBuilder.Corpus build(Dialogue... dialogues) {
    return BUILDER.build(
        Arrays.stream(dialogues)
            .map(dialogue -> new RawDialogue("raw:1", dialogue, List.of()))
            .toList());
  }

  private static LabelledDialogue example(String... utterances) {
    return build(Talk.dialogue(utterances)).dialogues().get(0);
  }

  @Test
  void drugsAreMaskedAndTheRestIsCut() {
    LabelledDialogue example = example("P胃胀反酸", "D多久了", "P三天", "D考虑胃炎，吃洛赛克和加斯清，饭前", "P谢谢", "D不客气");

    assertThat(example)
        .isEqualTo(
            Talk.labelled(
                "raw:1",
                Talk.dialogue("P胃胀反酸", "D多久了", "P三天", "D考虑胃炎，吃[MASK]和[MASK]，饭前"),
                "胃炎",
                "奥美拉唑",
                "莫沙必利"));
  }

  @Test
  void recommendationInSeveralMessagesEndsWhenThePatientSpeaks() {
    LabelledDialogue example =
        example("P胃胀", "D吃奥美拉唑", "D饭前吃", "D再加莫沙必利", "D多休息", "P阿莫西林呢", "D可以吃阿莫西林");

    assertThat(example.dialogue()).isEqualTo(Talk.dialogue("P胃胀", "D吃[MASK]", "D饭前吃", "D再加[MASK]"));
    assertThat(example.drugs())
        .extracting(DialogueDrug::label)
        .containsExactlyInAnyOrder("奥美拉唑", "莫沙必利");
  }

  @Test
  void whatThePatientNamesStays() {
    LabelledDialogue example = example("P吃了奥美拉唑和达喜没用", "D换莫沙必利");

    assertThat(example.dialogue()).isEqualTo(Talk.dialogue("P吃了奥美拉唑和达喜没用", "D换[MASK]"));
  }

  @Test
  void whatTheDoctorAsksOrRefusesStaysAndIsNoLabel() {
    LabelledDialogue example = example("P胃胀", "D吃过奥美拉唑吗", "P没", "D不要吃布洛芬，吃奥美拉唑，布洛芬伤胃");

    assertThat(example.dialogue())
        .isEqualTo(Talk.dialogue("P胃胀", "D吃过奥美拉唑吗", "P没", "D不要吃布洛芬，吃[MASK]，布洛芬伤胃"));
    assertThat(example.drugs()).containsExactly(Talk.drug("奥美拉唑"));
  }

  @Test
  void fromTheFirstMarkOnEveryMentionOfTheDrugIsMasked() {
    assertThat(example("P胃胀", "D吃奥美拉唑", "D洛赛克就是奥美拉唑，不要掰开，奥美拉唑一天一次").dialogue())
        .isEqualTo(Talk.dialogue("P胃胀", "D吃[MASK]", "D[MASK]就是[MASK]，不要掰开，[MASK]一天一次"));
  }

  @Test
  void dialoguesWithoutRecommendationAreCountedByReasonAndLeftOut() {
    CorpusBuilder.Corpus corpus =
        build(
            Talk.dialogue("P胃胀", "D多喝水"),
            Talk.dialogue("P吃奥美拉唑行吗", "D行"),
            Talk.dialogue("P胃胀", "D吃过奥美拉唑吗"),
            Talk.dialogue("P胃胀", "D吃[MASK]", "D奥美拉唑也行"),
            Talk.dialogue("P胃胀", "D吃奥美拉唑"));

    assertThat(corpus.dialogues()).hasSize(1);
    assertThat(corpus.leftOut())
        .containsOnly(
            entry(LeftOut.NO_DRUG_NAMED, 2),
            entry(LeftOut.NONE_RECOMMENDED, 1),
            entry(LeftOut.MARKED, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "P我是鼻炎吗, D过敏性鼻炎, 过敏性鼻炎",
    "P我有鼻炎, D嗯, 鼻炎",
    "P我有鼻炎, D不是鼻炎, 鼻炎",
    "P咳嗽, D没有肺炎，是感冒, 上呼吸道感染",
    "P咳嗽, D肺炎？, 其他疾病或无确诊",
    "P咳嗽, D可能是肺炎；也可能是感冒, 其他疾病或无确诊",
    "P咳嗽, D嗯, 其他疾病或无确诊"
  })
  void diseaseIsTheOneThatIsStated(String patient, String doctor, String label) {
    assertThat(example(patient, doctor, "D吃阿莫西林").disease()).isEqualTo(Talk.disease(label));
  }

  @Test
  void diseaseNamedBehindTheRecommendationIsNotRead() {
    assertThat(example("P咳嗽", "D吃阿莫西林，这是肺炎").disease())
        .isEqualTo(Talk.KNOWLEDGE.diseases().other());
  }

  @Test
  void recordedDiseaseCountsAboveWhatIsSaid(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("raw.jsonl");
    Files.writeString(
        file,
        """
        {"dialog": ["患者：咳嗽", "医生：感冒了，吃阿莫西林"], "disease": "支气管肺炎"}
        {"dialog": ["患者：咳嗽", "医生：感冒了，吃阿莫西林"]}
        """);

    assertThat(BUILDER.build(RawDialogue.read(file)).dialogues())
        .extracting(example -> example.disease().label())
        .containsExactly("肺炎", "上呼吸道感染");
  }

  @Test
  void badLineOfRawDialoguesIsNamed(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("raw.jsonl");
    Files.writeString(file, "{\"dialog\": [\"机密\"]}");

    assertThatThrownBy(() -> RawDialogue.read(file))
        .isInstanceOf(TrainingException.class)
        .hasMessageStartingWith("raw.jsonl, line 1: ")
        .hasMessageNotContaining("机密");
  }
}
