package org.medcue.training.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.training.TrainingException;

class DialogueFileTest {

  private static final String GOOD =
      """
      {"label": ["莫沙必利", "奥美拉唑"], "disease": ["胃炎"], \
      "dialog": ["患者：胃胀", "医生:吃[MASK]，[MASK]"], "original_dialog": ["别的"]}""";

  private final Path folder;

  DialogueFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private List<LabelledDialogue> read(String... lines) throws IOException {
    Path file = folder.resolve("talks.txt");
    Files.writeString(file, String.join("\n", lines));
    return DialogueFile.read(file, Talk.KNOWLEDGE);
  }

  private static String line(String label, String disease) {
    return "{\"label\":" + label + ",\"disease\":" + disease + ",\"dialog\":[\"患者：胃胀\"]}";
  }

  @Test
  void lineOfTheCorpus() throws IOException {
    LabelledDialogue dialogue = read(GOOD).get(0);

    assertThat(dialogue)
        .isEqualTo(
            Talk.labelled(
                "talks:1", Talk.dialogue("P胃胀", "D吃[MASK]，[MASK]"), "胃炎", "奥美拉唑", "莫沙必利"));
    assertThat(dialogue.labels()).isSorted().hasSize(2);
  }

  @Test
  void identifiersCountBlankLinesToo() throws IOException {
    assertThat(read("\uFEFF" + GOOD, "", "  ", GOOD + "\r", ""))
        .extracting(LabelledDialogue::id)
        .containsExactly("talks:1", "talks:4");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[\"胃炎\"] | 胃炎",
        "\"慢性浅表性胃炎\" | 胃炎",
        "[\"胃炎\", \"慢性胃炎\"] | 胃炎",
        "[\"胃炎\", \"肺炎\"] | 其他疾病或无确诊",
        "[\"无\"] | 其他疾病或无确诊",
        "[\"高血压\"] | 其他疾病或无确诊",
        "[] | 其他疾病或无确诊",
        "null | 其他疾病或无确诊"
      })
  void oneKnownDiseaseOrOther(String disease, String label) throws IOException {
    assertThat(read(line("[\"奥美拉唑\"]", disease)).get(0).disease()).isEqualTo(Talk.disease(label));
  }

  @Test
  void drugThatTheModelDoesNotKnowStaysALabel() throws IOException {
    List<LabelledDialogue> reading =
        read(line("[\"甲药\", \"奥美拉唑\", \"甲药\"]", "[]"), line("[\"乙药\"]", "[]"));

    assertThat(reading.get(0).otherDrugs()).containsExactly("甲药");
    assertThat(reading).hasSize(2).allMatch(LabelledDialogue::isScored);
  }

  @Test
  void dialogueWithoutDrugIsReadButNotScored() throws IOException {
    List<LabelledDialogue> reading = read(line("[]", "[]"), GOOD);

    assertThat(reading).extracting(LabelledDialogue::isScored).containsExactly(false, true);
  }

  @Test
  void utteranceWithoutWordsIsLeftOut() throws IOException {
    assertThat(read("{\"label\":[],\"dialog\":[\"医生：\",\"患者：疼 \"]}").get(0).dialogue())
        .isEqualTo(Talk.dialogue("P疼"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "机密",
        "{\"label\":[],\"dialog\":[\"患者：机密",
        "{\"label\":[],\"dialog\":[\"患者：机密\"]} 机密",
        "[\"患者：机密\"]",
        "{\"label\":[],\"dialog\":\"患者：机密\"}",
        "{\"label\":[],\"dialog\":[\"机密\"]}",
        "{\"label\":[],\"dialog\":[\"护士：机密\"]}",
        "{\"label\":[],\"dialog\":[7]}",
        "{\"label\":[],\"dialog\":[]}",
        "{\"label\":[],\"dialog\":[\"医生：\"]}",
        "{\"dialog\":[\"患者：机密\"]}",
        "{\"label\":\"机密\",\"dialog\":[\"患者：机密\"]}",
        "{\"label\":[],\"disease\":7,\"dialog\":[\"患者：机密\"]}",
        "{\"label\":[{}],\"dialog\":[\"患者：机密\"]}"
      })
  void badLineIsNamedWithoutItsContent(String bad) {
    assertThatThrownBy(() -> read(GOOD, "", bad, GOOD))
        .isInstanceOf(TrainingException.class)
        .hasMessageStartingWith("talks.txt, line 3: ")
        .hasMessageNotContainingAny("机密", "胃胀")
        .hasNoCause();
  }

  @Test
  void otherEncodingIsNamed() throws IOException {
    Path file = folder.resolve("talks.txt");
    Files.write(file, GOOD.getBytes(Charset.forName("GB18030")));

    assertThatThrownBy(() -> DialogueFile.read(file, Talk.KNOWLEDGE))
        .isInstanceOf(TrainingException.class)
        .hasMessage("talks.txt, line 1: not UTF-8; convert the file");
  }

  @Test
  void missingFileIsNamed() {
    assertThatThrownBy(() -> DialogueFile.read(folder.resolve("none.txt"), Talk.KNOWLEDGE))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("none.txt");
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    LabelledDialogue dialogue =
        new LabelledDialogue(
            "talks:1",
            Talk.dialogue("P胃胀\n\"疼\"", "D吃[MASK]"),
            Talk.disease("胃炎"),
            List.of(Talk.drug("奥美拉唑")),
            Set.of("甲药"));
    Path file = folder.resolve("talks.jsonl");

    DialogueFile.write(file, List.of(dialogue));

    assertThat(DialogueFile.read(file, Talk.KNOWLEDGE)).containsExactly(dialogue);
    assertThatThrownBy(() -> DialogueFile.write(file, List.of()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("exists already");
    assertThat(file).isNotEmptyFile();
  }
}
