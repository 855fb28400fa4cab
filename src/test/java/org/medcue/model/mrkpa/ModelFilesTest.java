package org.medcue.model.mrkpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.ScoredDrug;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.model.ModelManifest;
import org.medcue.model.nn.Torch;

/** A version on disk: what was saved is what is loaded, and anything else is refused. */
class ModelFilesTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final PatientRecord SOMEBODY = SmallCohort.patients(1, 6, 29).get(0);

  private final Path folder;
  private List<ScoredDrug> expected = List.of();

  ModelFilesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void save() throws IOException {
    try (MrKpaModel model = SmallCohort.untrained(7);
        MrKpaPredictor predictor = new MrKpaPredictor(model, SmallCohort.KNOWLEDGE)) {
      // PyTorch computes what learns no more by other kernels, to the last bit
      model.freeze();
      expected = predictor.predict(SOMEBODY.before(5)).ranked();
      model.save(folder);
    }
    seal(SmallCohort.CONFIG);
  }

  private void seal(MrKpaConfig config) {
    ModelFolder.seal(
        folder,
        new ModelManifest(
            "mrkpa",
            "0.0.1",
            JSON.valueToTree(config),
            SmallCohort.KNOWLEDGE.versions(),
            0.3,
            Map.of("seed", "7"),
            Map.of(),
            Map.of()));
  }

  @Test
  void loadedVersionPredictsTheSameToTheBit() {
    try (MrKpaPredictor loaded =
        MrKpaPredictor.load(ModelFolder.open(folder), SmallCohort.KNOWLEDGE)) {
      assertThat(loaded.predict(SOMEBODY.before(5)).ranked()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {MrKpaModel.WEIGHTS, MrKpaModel.VOCABULARY})
  void fileChangedByOneByteIsRefusedByName(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(name));
    bytes[bytes.length / 2] ^= 1;
    Files.write(folder.resolve(name), bytes);

    assertThatThrownBy(() -> ModelFolder.open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(folder.resolve(name).toString())
        .hasMessageContaining("changed");
  }

  @Test
  void fileCutShortIsRefusedByName() throws IOException {
    Path weights = folder.resolve(MrKpaModel.WEIGHTS);
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(weights, java.util.Arrays.copyOf(bytes, bytes.length / 2));

    assertThatThrownBy(() -> ModelFolder.open(folder)).hasMessageContaining(weights.toString());
  }

  @Test
  void missingFileIsNamed() throws IOException {
    Files.delete(folder.resolve(MrKpaModel.WEIGHTS));

    assertThatThrownBy(() -> ModelFolder.open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(MrKpaModel.WEIGHTS + " is missing");
  }

  @Test
  void unlistedFileIsRefused() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "hello");

    assertThatThrownBy(() -> ModelFolder.open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("notes.txt");
  }

  @Test
  void unlistedFolderIsRefused() throws IOException {
    Files.createDirectory(folder.resolve("more"));

    assertThatThrownBy(() -> ModelFolder.open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("more");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not JSON",
        "[]",
        "null",
        "{}",
        "{\"model\": \"mrkpa\", \"version\": \"0.0.1\"}",
        "{\"model\": \"mrkpa\", \"files\": 7}",
        "{\"model\": \"mrkpa\", \"surprise\": 7}"
      })
  void manifestThatIsNoneIsRefused(String manifest) throws IOException {
    Files.writeString(folder.resolve("manifest.json"), manifest);

    assertThatThrownBy(() -> ModelFolder.open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("manifest");
  }

  @Test
  void manifestWithAnotherThresholdIsRefused() throws IOException {
    ObjectNode manifest = (ObjectNode) JSON.readTree(folder.resolve("manifest.json").toFile());
    manifest.put("threshold", 0.01);
    JSON.writeValue(folder.resolve("manifest.json").toFile(), manifest);

    assertThatThrownBy(() -> ModelFolder.open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("manifest.json was changed");
  }

  @Test
  void versionWithoutSealIsRefused() throws IOException {
    Files.delete(folder.resolve("manifest.json.sha256"));

    assertThatThrownBy(() -> ModelFolder.open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("manifest.json.sha256 is missing");
  }

  private void writeSealed(ObjectNode manifest) throws IOException {
    Path file = folder.resolve("manifest.json");
    JSON.writeValue(file.toFile(), manifest);
    Files.writeString(
        folder.resolve("manifest.json.sha256"), ModelFolder.sha256(file) + "  manifest.json\n");
  }

  @Test
  void missingManifestIsRefused() throws IOException {
    Files.delete(folder.resolve("manifest.json"));

    assertThatThrownBy(() -> ModelFolder.open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("manifest.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../elsewhere.txt", "/etc/hostname"})
  void manifestCannotListFilesOutsideItsFolder(String outside) throws IOException {
    ObjectNode manifest = (ObjectNode) JSON.readTree(folder.resolve("manifest.json").toFile());
    ((ObjectNode) manifest.required("files")).put(outside, "0".repeat(64));
    writeSealed(manifest);

    assertThatThrownBy(() -> ModelFolder.open(folder)).isInstanceOf(ModelException.class);
  }

  @Test
  void noFolderIsRefused() {
    assertThatThrownBy(() -> ModelFolder.open(folder.resolve("none")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("no such model folder");
  }

  @Test
  void architectureOfAnotherSizeIsRefused() {
    seal(new MrKpaConfig(32, 2, 2, 2, 24, 0.1f, true));

    assertThatThrownBy(() -> MrKpaModel.load(ModelFolder.open(folder)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(MrKpaModel.WEIGHTS)
        .hasMessageContaining("architecture");
  }

  @Test
  void architectureWithOneLayerLessIsRefused() {
    seal(new MrKpaConfig(16, 2, 1, 2, 24, 0.1f, true));

    assertThatThrownBy(() -> MrKpaModel.load(ModelFolder.open(folder)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(MrKpaModel.WEIGHTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"size\": 0}", "{\"size\": \"big\"}", "{\"sice\": 16}", "7"})
  void architectureThatIsNoneIsRefused(String architecture) throws IOException {
    ObjectNode manifest = (ObjectNode) JSON.readTree(folder.resolve("manifest.json").toFile());
    manifest.set("architecture", JSON.readTree(architecture));
    writeSealed(manifest);

    assertThatThrownBy(() -> MrKpaModel.load(ModelFolder.open(folder)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("architecture");
  }

  @ParameterizedTest
  @ValueSource(strings = {"not safetensors", ""})
  void weightsOfAnotherFormAreRefused(String content) throws IOException {
    Files.writeString(folder.resolve(MrKpaModel.WEIGHTS), content);
    seal(SmallCohort.CONFIG);

    assertThatThrownBy(() -> MrKpaModel.load(ModelFolder.open(folder)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(MrKpaModel.WEIGHTS);
  }

  @Test
  void weightsThatLackOneParameterAreRefused() throws IOException {
    Path weights = folder.resolve(MrKpaModel.WEIGHTS);
    try (NDManager manager = Torch.newManager()) {
      NDList all = NDList.decode(manager, Files.newInputStream(weights));
      all.removeIf(array -> array.getName().equals("head.bias"));
      try (OutputStream out = Files.newOutputStream(weights)) {
        all.encode(out, NDList.Encoding.SAFETENSORS);
      }
    }
    seal(SmallCohort.CONFIG);

    assertThatThrownBy(() -> MrKpaModel.load(ModelFolder.open(folder)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("head.bias");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"diagnoses\": {\"nodes\": [\"I10\"], \"paths\": [[7]]}}",
        "not JSON"
      })
  void vocabularyOfAnotherFormIsRefused(String vocabulary) throws IOException {
    Files.writeString(folder.resolve(MrKpaModel.VOCABULARY), vocabulary);
    seal(SmallCohort.CONFIG);

    assertThatThrownBy(() -> MrKpaModel.load(ModelFolder.open(folder)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(MrKpaModel.VOCABULARY);
  }

  @Test
  void manifestListsTheDigestOfEveryOtherFile() throws IOException {
    JsonNode files = JSON.readTree(folder.resolve("manifest.json").toFile()).required("files");

    assertThat(files.size()).isEqualTo(2);
    for (String name : List.of(MrKpaModel.WEIGHTS, MrKpaModel.VOCABULARY)) {
      assertThat(files.required(name).textValue())
          .isEqualTo(ModelFolder.sha256(folder.resolve(name)))
          .matches("[0-9a-f]{64}");
    }
  }
}
