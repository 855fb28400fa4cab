package org.medcue.model.versions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.model.ModelFolder;
import org.medcue.model.ModelManifest;
import org.medcue.model.mrkpa.MrKpaModel;
import org.medcue.model.mrkpa.MrKpaPredictor;
import org.medcue.model.mrkpa.SmallCohort;
import org.medcue.model.visits.Vocabulary;

/** A version of MR-KPA that was never trained, to be opened or broken. */
record SmallVersion(Path path) {

  private static final JsonMapper JSON = new JsonMapper();

  /** Complete, with golden examples. */
  static SmallVersion in(Path folder, int seed) {
    try (MrKpaModel model = SmallCohort.untrained(seed)) {
      model.save(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SmallVersion version = new SmallVersion(folder);
    version.writeExamples();
    version.seal();
    return version;
  }

  private void writeExamples() {
    ModelFolder folder = seal();
    try (MrKpaPredictor predictor = MrKpaPredictor.load(folder, SmallCohort.KNOWLEDGE)) {
      Vocabulary vocabulary = folder.read(MrKpaModel.VOCABULARY, Vocabulary.class);
      GoldenExamples.write(path, predictor, ExampleInputs.visits(vocabulary));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ModelFolder seal() {
    return seal("mrkpa", SmallCohort.KNOWLEDGE.versions());
  }

  ModelFolder seal(String model, List<KnowledgeVersion> knowledge) {
    return seal(model, knowledge, JSON.valueToTree(SmallCohort.CONFIG));
  }

  /** With what its manifest says of the network. */
  ModelFolder seal(JsonNode architecture) {
    return seal("mrkpa", SmallCohort.KNOWLEDGE.versions(), architecture);
  }

  private ModelFolder seal(String model, List<KnowledgeVersion> knowledge, JsonNode architecture) {
    return ModelFolder.seal(
        path,
        new ModelManifest(
            model, "0.0.1", architecture, knowledge, 0.3, Map.of(), Map.of(), Map.of()));
  }

  /** Changes a file and seals the version anew, as whoever forges one would. */
  ModelFolder forged(String file, UnaryOperator<String> change) {
    try {
      String content = Files.readString(path.resolve(file));
      Files.writeString(path.resolve(file), change.apply(content));
      return seal();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
