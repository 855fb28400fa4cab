package org.medcue.model.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.DrugPredictor;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.model.ddn.StubDdn;
import org.medcue.model.mrkpa.MrKpaModel;
import org.medcue.model.mrkpa.MrKpaPredictor;
import org.medcue.model.mrkpa.SmallCohort;

class GoldenExamplesTest {

  private final Path folder;
  private SmallVersion version = new SmallVersion(Path.of(""));

  GoldenExamplesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void write() {
    version = SmallVersion.in(folder, 1);
  }

  private static void check(ModelFolder folder) {
    try (DrugPredictor predictor = MrKpaPredictor.load(folder, SmallCohort.KNOWLEDGE)) {
      GoldenExamples.check(folder, predictor);
    }
  }

  @Test
  void versionAnswersAsWhenItWasMade() throws IOException {
    check(version.seal());

    JsonNode examples =
        new JsonMapper().readTree(folder.resolve(GoldenExamples.FILE).toFile()).get("examples");
    assertThat(examples).hasSize(8);
    assertThat(examples).allSatisfy(example -> assertThat(example.get("ranked")).hasSize(7));
  }

  @Test
  void otherWeightsAreToldByExampleDrugAndBothNumbers(@TempDir Path other) throws IOException {
    SmallVersion.in(other, 2);
    Files.write(
        folder.resolve(MrKpaModel.WEIGHTS), Files.readAllBytes(other.resolve(MrKpaModel.WEIGHTS)));

    assertThatThrownBy(() -> check(version.seal()))
        .isInstanceOf(ModelException.class)
        .message()
        .containsPattern(
            "golden\\.json: example 1 gives the drug [0-9]+ 0\\.[0-9]{6} here, but 0\\.[0-9]{6}");
  }

  @Test
  void aFifthDecimalIsRoundingAFourthIsNot() {
    ModelFolder rounded = version.forged(GoldenExamples.FILE, text -> moved(text, 5e-5));
    check(rounded);

    ModelFolder moved = version.forged(GoldenExamples.FILE, text -> moved(text, 2e-4));
    assertThatThrownBy(() -> check(moved)).isInstanceOf(ModelException.class);
  }

  private static String moved(String json, double by) {
    return Pattern.compile("(\"probability\" : )([0-9.E-]+)")
        .matcher(json)
        .replaceFirst(found -> found.group(1) + (Double.parseDouble(found.group(2)) - by));
  }

  @Test
  void versionWithoutExamplesIsRefused() throws IOException {
    ModelFolder empty = version.forged(GoldenExamples.FILE, text -> "{\"examples\": []}");
    assertThatThrownBy(() -> check(empty)).hasMessageContaining("no golden example");

    Files.delete(folder.resolve(GoldenExamples.FILE));
    assertThatThrownBy(() -> check(version.seal()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(GoldenExamples.FILE);
  }

  @Test
  void examplesWithoutScoresSayNothingOfANetwork() {
    ModelFolder vacuous =
        version.forged(
            GoldenExamples.FILE,
            text -> text.replaceAll("(?s)\"ranked\" : \\[.*?\\]", "\"ranked\" : []"));

    assertThatThrownBy(() -> check(vacuous))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("golden.json")
        .hasMessageContaining("no golden example with scores");
  }

  @Test
  void moreExamplesThanAReplicaShallAnswerAreRefused() {
    ModelFolder many =
        version.forged(
            GoldenExamples.FILE,
            text -> {
              String list = text.substring(text.indexOf('[') + 1, text.lastIndexOf(']'));
              return "{\"examples\": [" + list + (", " + list).repeat(25) + "]}";
            });

    assertThatThrownBy(() -> check(many))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("golden.json has more than 200 golden examples");
  }

  @Test
  void textThatIsTooLargeIsNotEvenDigested() throws IOException {
    Files.writeString(folder.resolve("training.json"), " ".repeat(16 * 1024 * 1024 + 1));
    version.seal();

    assertThatThrownBy(() -> ModelFolder.open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("training.json is larger than 16777216 bytes");
  }

  @Test
  void examplesAreMadeUpTheSameEachTime() {
    Path registry = Path.of("model-registry");
    DialogueKnowledge dialogues = DialogueKnowledge.load(registry, DialogueKnowledge.bundled());

    assertThat(ExampleInputs.visits(SmallCohort.vocabulary()))
        .hasSize(8)
        .isEqualTo(ExampleInputs.visits(SmallCohort.vocabulary()));
    assertThat(ExampleInputs.dialogues(dialogues))
        .hasSize(8)
        .isEqualTo(ExampleInputs.dialogues(dialogues))
        .noneMatch(evidence -> evidence.nothingKnown());
  }

  @Test
  void dialoguesAreKeptToo() throws IOException {
    Path registry = Path.of("model-registry");
    DialogueKnowledge dialogues = DialogueKnowledge.load(registry, DialogueKnowledge.bundled());
    try (DrugPredictor predictor = StubDdn.predictor(dialogues)) {
      GoldenExamples.write(folder, predictor, ExampleInputs.dialogues(dialogues));

      GoldenExamples.check(version.seal(), predictor);
    }
  }
}
