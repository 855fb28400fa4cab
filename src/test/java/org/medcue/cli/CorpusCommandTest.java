package org.medcue.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.cli.Result.medcue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.training.dialogue.DialogueFile;
import org.medcue.training.dialogue.LabelledDialogue;

class CorpusCommandTest {

  private static final String RECOMMENDED =
      "{\"dialog\": [\"患者：胃胀，机密\", \"医生：吃洛赛克和加斯清\", \"患者：谢谢\"], \"disease\": \"慢性胃炎\"}";
  private static final String WITHOUT_DRUG = "{\"dialog\": [\"患者：机密\", \"医生：多喝水\"]}";
  private static final String ASKED = "{\"dialog\": [\"患者：机密\", \"医生：吃过奥美拉唑吗\"]}";
  private static final String MARKED = "{\"dialog\": [\"患者：机密\", \"医生：吃[MASK]\"]}";
  private static final String DRUG_FIRST = "{\"dialog\": [\"医生：奥美拉唑，饭前\"]}";

  private final Path folder;
  private final Path out;

  CorpusCommandTest(@TempDir Path folder) {
    this.folder = folder;
    this.out = folder.resolve("examples.jsonl");
  }

  private Path file(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  private Result build(Path raw) {
    return medcue("corpus", "--dialogues", raw, "--out", out);
  }

  private static Result compare(Path first, Path second) {
    return medcue("corpus", "--labels", first, "--labels", second);
  }

  @Test
  void rawDialoguesBecomeWhatTrainingReads() throws IOException {
    Path raw =
        file("raw.jsonl", RECOMMENDED, WITHOUT_DRUG, ASKED, MARKED, WITHOUT_DRUG, DRUG_FIRST);

    Result result = build(raw);

    assertThat(result.errors()).isEmpty();
    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .contains(
            "6 dialogues, 2 kept, 4 left out",
            "left out: 1 that hold marks already",
            "left out: 2 in which the doctor names no known drug",
            "left out: 1 in which the doctor names known drugs but recommends none",
            "1.50 drugs a dialogue, 2 of the 70 known drugs occur",
            "disease known in 1, other or none in 1",
            "note: 1 begin with the drug",
            "Written: " + out)
        .doesNotContain("机密");
    DialogueKnowledge knowledge =
        DialogueKnowledge.load(Path.of("model-registry"), DialogueKnowledge.bundled());
    List<LabelledDialogue> examples = DialogueFile.read(out, knowledge);
    assertThat(examples).hasSize(2);
    assertThat(examples.get(0).dialogue().utterances())
        .extracting(said -> said.text())
        .containsExactly("胃胀，机密", "吃[MASK]和[MASK]");
  }

  @Test
  void fileThatExistsIsNotOverwritten() throws IOException {
    Files.writeString(out, "mine");

    build(file("raw.jsonl", RECOMMENDED)).isOneLine("exists already", "choose another file");

    assertThat(out).hasContent("mine");
  }

  @Test
  void noDialogueWithARecommendation() throws IOException {
    Path raw = file("raw.jsonl", WITHOUT_DRUG, ASKED);

    Result result = build(raw);

    result.isOneLine("raw.jsonl", "recommends a known drug", "nothing is written");
    assertThat(result.out()).contains("1 in which the doctor names no known drug");
    assertThat(out).doesNotExist();
  }

  @Test
  void badFilesAndLinesAreNamed() throws IOException {
    build(folder.resolve("none.jsonl")).isOneLine("cannot read", "none.jsonl");

    Result broken = build(file("raw.jsonl", RECOMMENDED, "{\"dialog\": [\"患者：机密"));

    broken.isOneLine("raw.jsonl, line 2", "JSON");
    assertThat(broken.errors().get(0)).doesNotContain("机密");
    assertThat(out).doesNotExist();
    medcue("corpus", "--dialogues", folder.resolve("raw.jsonl"), "--out", folder.resolve("no/x"))
        .isOneLine("cannot write", "folder");
  }

  @Test
  void optionsThatDoNotBelongTogether() throws IOException {
    Path raw = file("raw.jsonl", RECOMMENDED);

    medcue("corpus").isOneLine("nothing to do", "--dialogues", "--labels");
    medcue("corpus", "--dialogues", raw).isOneLine("--out is missing");
    medcue("corpus", "--out", out).isOneLine("--dialogues is missing");
    medcue("corpus", "--labels", raw).isOneLine("--labels", "twice");
  }

  @Test
  void twoAnnotatorsAreCompared() throws IOException {
    Path first =
        file(
            "first.jsonl",
            "{\"label\": [\"奥美拉唑\"], \"disease\": \"胃炎\", \"dialog\": [\"患者：机密\"]}",
            "{\"label\": [\"布洛芬\"], \"disease\": \"胃炎\", \"dialog\": [\"患者：咳嗽\"]}");
    Path second =
        file(
            "second.jsonl",
            "{\"label\": [\"奥美拉唑\"], \"disease\": \"胃炎\", \"dialog\": [\"患者：机密\"]}",
            "{\"label\": [\"布洛芬\"], \"disease\": \"肺炎\", \"dialog\": [\"患者：咳嗽\"]}");

    Result result = compare(first, second);

    assertThat(result.exit()).isZero();
    assertThat(result.out())
        .contains(
            "drugs: kappa 1.000, alike in 100.0 % of 4 decisions",
            "disease: kappa 0.000, alike in 50.0 % of 2 decisions",
            "drugs the same in all",
            "disease differ in 1, on these lines of first.jsonl: 2")
        .doesNotContain("机密");
  }

  @Test
  void annotationsOfOtherDialoguesAreRefused() throws IOException {
    Path first = file("first.jsonl", "{\"label\": [], \"dialog\": [\"患者：机密\"]}");
    Path second = file("second.jsonl", "{\"label\": [], \"dialog\": [\"患者：别的\"]}");

    compare(first, second).isOneLine("first:1 and second:1", "the same dialogues");
    compare(first, file("empty.jsonl")).isOneLine("1 and 0 dialogues");
    compare(file("none.jsonl"), file("empty.jsonl")).isOneLine("hold no dialogue");
  }
}
