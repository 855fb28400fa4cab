package org.medcue.model.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medcue.clinical.DrugPrediction;
import org.medcue.clinical.PatientEvidence;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.knowledge.KnowledgeLibrary;
import org.medcue.model.DrugPredictor;
import org.medcue.model.ModelFolder;
import org.medcue.model.SourceAttributes;
import org.medcue.model.mrkpa.MrKpaModel;
import org.medcue.model.nn.DeviceChoice;
import org.medcue.model.nn.Torch;
import org.medcue.model.profile.TrainingProfile;
import org.medcue.model.visits.Vocabulary;

class BundledVersionsTest {

  private static final Path REGISTRY = Path.of("model-registry");
  private static final DialogueKnowledge DIALOGUES =
      DialogueKnowledge.load(REGISTRY, DialogueKnowledge.bundled());
  private static final PredictorLoader LOADER =
      new PredictorLoader(KnowledgeLibrary.unregistered(REGISTRY), DeviceChoice.CPU);

  static List<Path> versions() throws IOException {
    return Stream.of(PredictorLoader.VISITS, PredictorLoader.DIALOGUES)
        .map(REGISTRY::resolve)
        .flatMap(BundledVersionsTest::list)
        .filter(Files::isDirectory)
        .toList();
  }

  private static Stream<Path> list(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void versionIsCompleteAndAnswersAsWhenItWasMade(Path version) {
    ModelFolder folder = ModelFolder.open(version);

    assertThat(SourceAttributes.missing(folder)).isEmpty();
    assertThat(TrainingProfile.of(folder).drugs().shares()).hasSizeBetween(10, 51);
    try (DrugPredictor predictor = LOADER.load(folder)) {
      GoldenExamples.check(folder, predictor);
      assertThat(predictor.nativeBytes()).isPositive();
    }
  }

  /** Only the thread that started the engine would not record gradients by itself. */
  @ParameterizedTest
  @MethodSource("versions")
  void versionIsLoadedByAnyThread(Path version) {
    ModelFolder folder = ModelFolder.open(version);
    Torch.newManager().close();

    Future<?> other =
        CompletableFuture.runAsync(
            () -> {
              try (DrugPredictor predictor = LOADER.load(folder)) {
                GoldenExamples.check(folder, predictor);
              }
            },
            task -> new Thread(task).start());

    assertThat(other).succeedsWithin(Duration.ofMinutes(2));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void severalAtOnceGetWhatOneGets(Path version) {
    ModelFolder folder = ModelFolder.open(version);
    List<PatientEvidence> inputs =
        folder.manifest().model().equals(PredictorLoader.VISITS)
            ? ExampleInputs.visits(folder.read(MrKpaModel.VOCABULARY, Vocabulary.class))
            : ExampleInputs.dialogues(DIALOGUES);
    try (DrugPredictor predictor = LOADER.load(folder)) {
      List<DrugPrediction> together = predictor.predictAll(inputs);

      for (int i = 0; i < inputs.size(); i++) {
        DrugPrediction alone = predictor.predict(inputs.get(i));
        assertThat(together.get(i).ranked())
            .usingElementComparator(
                (one, other) -> {
                  boolean same = Math.abs(one.probability() - other.probability()) <= 1e-5;
                  return same && one.drug().equals(other.drug()) ? 0 : 1;
                })
            .containsExactlyInAnyOrderElementsOf(alone.ranked());
      }
    }
  }
}
