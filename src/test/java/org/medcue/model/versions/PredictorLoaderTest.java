package org.medcue.model.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medcue.knowledge.KnowledgeLibrary;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.model.DrugPredictor;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.model.mrkpa.MrKpaModel;
import org.medcue.model.mrkpa.SmallCohort;
import org.medcue.model.nn.DeviceChoice;

class PredictorLoaderTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final PredictorLoader LOADER =
      new PredictorLoader(
          KnowledgeLibrary.unregistered(Path.of("model-registry")), DeviceChoice.CPU);

  private final Path folder;
  private SmallVersion version = new SmallVersion(Path.of(""));

  PredictorLoaderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void write() {
    version = SmallVersion.in(folder, 1);
  }

  private static void assertRefused(ModelFolder folder, String... why) {
    ThrowingCallable loading = () -> LOADER.load(folder).close();
    assertThatThrownBy(loading)
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll(why)
        .hasMessageNotContainingAny("\n");
  }

  @Test
  void versionThatFitsIsLoadedAndSaysHowMuchItHolds() {
    ModelFolder whole = ModelFolder.open(folder);
    try (DrugPredictor predictor = LOADER.load(whole)) {
      GoldenExamples.check(whole, predictor);
      long weights = whole.file(MrKpaModel.WEIGHTS).toFile().length();
      assertThat(predictor.nativeBytes()).isBetween(weights - 8192, 2 * weights);
    }
    assertThat(LOADER.device()).isEqualTo("cpu");
  }

  @Test
  void knowledgeThatIsNotThereIsRefused() {
    List<KnowledgeVersion> old =
        List.of(
            new KnowledgeVersion("icd-10-cm", "0.9.0"),
            new KnowledgeVersion("drugs", "1.0.0"),
            new KnowledgeVersion("symptoms", "1.0.0"));

    assertRefused(version.seal("mrkpa", old), "cites knowledge", "icd-10-cm/0.9.0");
  }

  @Test
  void modelThatNobodyKnowsIsRefused() {
    assertRefused(
        version.seal("gpt", SmallCohort.KNOWLEDGE.versions()), "\"gpt\"", "mrkpa and ddn");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // A code under ancestors that are not its own, or that the knowledge does not have at all
        "E11.9  | E12.9   | diagnosis code E12.9 in another place than icd-10-cm 1.0.0",
        "J20.9  | 314076x | 314076x, which is no diagnosis code",
        "314076 | 9999999 | drug code 9999999 in another place than drugs 1.0.0, which does not know it",
        "R05.9  | R99.9   | symptom code R99.9 in another place than symptoms 1.0.0",
      })
  void codeThatTheKnowledgeHasElsewhereIsRefused(String code, String forged, String why) {
    assertRefused(
        version.forged(
            MrKpaModel.VOCABULARY, text -> text.replace("\"" + code + "\"", "\"" + forged + "\"")),
        MrKpaModel.VOCABULARY,
        why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "layers      | 64         | asks for more weights",
        "feedForward | 8192       | asks for more weights",
        "layers      | 2000000000 | no architecture of MR-KPA",
        "size        | 2000000000 | no architecture of MR-KPA",
        "graphHeads  | 0          | no architecture of MR-KPA",
      })
  void networkThatIsLargerThanItsWeightsIsNotBuilt(String field, int value, String why) {
    ObjectNode architecture = JSON.valueToTree(SmallCohort.CONFIG);

    assertRefused(version.seal(architecture.put(field, value)), why);
  }

  @Test
  void labelThatIsNoDrugOfTheVocabularyIsRefused() {
    assertRefused(
        labels(labels -> labels.set(0, "197361")), "predicts 197361", "none of its drugs");
    assertRefused(labels(labels -> labels.set(0, labels.get(1))), "twice");
  }

  @Test
  void numberOfLabelsThatDoesNotFitTheWeightsIsRefused() {
    assertRefused(
        labels(labels -> labels.remove(0)),
        MrKpaModel.WEIGHTS,
        "is (4, 7), but architecture and vocabulary ask for (4, 6)");
  }

  private ModelFolder labels(Consumer<ArrayNode> change) {
    UnaryOperator<String> changed =
        text -> {
          try {
            ObjectNode vocabulary = (ObjectNode) JSON.readTree(text);
            change.accept((ArrayNode) vocabulary.required("labels"));
            return vocabulary.toString();
          } catch (JsonProcessingException e) {
            throw new AssertionError(e);
          }
        };
    return version.forged(MrKpaModel.VOCABULARY, changed);
  }
}
