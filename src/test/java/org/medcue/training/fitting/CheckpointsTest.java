package org.medcue.training.fitting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.model.learning.TrainingPhase;
import org.medcue.model.learning.WeightSnapshot;
import org.medcue.model.mrkpa.MrKpaConfig;
import org.medcue.model.mrkpa.MrKpaModel;
import org.medcue.model.mrkpa.SmallCohort;
import org.medcue.model.nn.DeviceChoice;
import org.medcue.training.CohortSource;
import org.medcue.training.CohortSplit;
import org.medcue.training.TrainingException;

/** A checkpoint is loaded whole or refused with what to do. */
class CheckpointsTest {

  private static final List<String> FILES =
      List.of("best.safetensors", "phase.safetensors", "state.json", "weights.safetensors");

  private static final TrainingInputs THESE =
      new TrainingInputs(
          Map.of("--epochs", "3", "--seed", "1", "--cohort", "0123456789abcdef".repeat(4)));
  private static final List<EpochFigures> HISTORY =
      List.of(
          new EpochFigures("pre-training", 1, 0.1 + 0.2, null, 5, 0),
          new EpochFigures("phase", 1, 1.0 / 3, 0.5, 5, 1));

  private final Path folder;
  private final MrKpaModel model = SmallCohort.untrained(1);
  private final ScriptedPhase phase = new ScriptedPhase("phase", model, 3);

  CheckpointsTest(@TempDir Path folder) {
    this.folder = folder.resolve("unfinished");
  }

  @BeforeEach
  void save() {
    phase.epoch(1, (done, loss) -> {});
    save(state(1, 1, 1, 0.5, 10, 2));
  }

  @AfterEach
  void close() {
    phase.close();
    model.close();
  }

  private void save(FittingState state) {
    new Checkpoints(folder, THESE).save(state, model, WeightSnapshot.of(model), List.of(phase));
  }

  private static FittingState state(
      int done, int fineTuned, int bestEpoch, double best, long units, double seconds) {
    return new FittingState(done, fineTuned, bestEpoch, best, units, seconds, HISTORY);
  }

  private Path file(String name) {
    return folder.resolve("epoch-1").resolve(name);
  }

  private FittingState load(TrainingInputs inputs, MrKpaModel into) {
    try (ScriptedPhase other = new ScriptedPhase("phase", into, 3)) {
      return new Checkpoints(folder, inputs)
          .load(into, List.of(other))
          .map(Checkpoints.Loaded::state)
          .orElse(FittingState.START);
    }
  }

  @Test
  void whatWasSavedIsLoaded() throws IOException {
    try (MrKpaModel other = SmallCohort.untrained(2)) {
      assertThat(load(THESE, other)).isEqualTo(state(1, 1, 1, 0.5, 10, 2));
      model
          .parameters()
          .forEach(
              (name, p) ->
                  assertThat(
                          other.parameters().entrySet().stream()
                              .filter(e -> e.getKey().equals(name))
                              .map(e -> e.getValue().getArray().toFloatArray()))
                      .as(name)
                      .containsExactly(p.getArray().toFloatArray()));
    }
    assertThat(names(folder.resolve("epoch-1"))).isEqualTo(FILES);
  }

  @Test
  void checkpointOfOtherOptionsIsRefusedNamingThem() {
    TrainingInputs others =
        new TrainingInputs(
            Map.of("--epochs", "4", "--seed", "1", "--cohort", "fedcba9876543210".repeat(4)));

    assertThatThrownBy(() -> load(others, model))
        .isInstanceOf(TrainingException.class)
        .hasMessageContainingAll(
            folder.toString(),
            "other options: --cohort, --epochs (was 3, now 4);",
            "delete that folder")
        .hasMessageNotContainingAny("--seed", "fedcba");
  }

  @Test
  void settingsWithoutOptionAreNamedOnlyWhereNothingElseDiffers() {
    MrKpaRecipe recipe = MrKpaRecipe.standard(2, 1, 1);
    MrKpaConfig smaller = new MrKpaConfig(8, 2, 1, 2, 8, 0.1f, true);

    assertThat(inputs(recipe).differences(inputs(recipe.withSeed(7))))
        .containsExactly("--seed (was 1, now 7)");
    assertThat(inputs(recipe).differences(inputs(recipe.withNetwork(smaller))))
        .containsExactly("settings that have no option");
    assertThat(inputs(recipe).differences(inputs(recipe.without(Set.of(Ingredient.values())))))
        .containsExactly(
            "--attack (was tables, now none)",
            "--pretraining-epochs (was 1, now 0)",
            "--without ontology (was false, now true)");
  }

  private TrainingInputs inputs(MrKpaRecipe recipe) {
    return TrainingInputs.of(
        new MrKpaTraining.Options(
            new CohortSource(folder, Optional.empty()),
            folder,
            recipe,
            new CohortSplit(1),
            DeviceChoice.CPU,
            true,
            Optional.empty(),
            List.of()),
        SmallCohort.KNOWLEDGE);
  }

  @Test
  void checkpointOfAnotherFormatIsRefused() throws IOException {
    String state = Files.readString(file("state.json"));
    Files.writeString(file("state.json"), state.replace("\"format\":2", "\"format\":1"));

    assertRefused();
  }

  @ParameterizedTest
  @CsvSource({
    "best.safetensors, 0",
    "best.safetensors, 0.01",
    "best.safetensors, 0.5",
    "best.safetensors, 0.999",
    "phase.safetensors, 0",
    "phase.safetensors, 0.5",
    "phase.safetensors, 0.999",
    "weights.safetensors, 0",
    "weights.safetensors, 0.01",
    "weights.safetensors, 0.5",
    "weights.safetensors, 0.999",
    "state.json, 0",
    "state.json, 0.5",
    "state.json, 0.99"
  })
  void checkpointCutOffInTheMiddleIsRefused(String name, double share) throws IOException {
    byte[] all = Files.readAllBytes(file(name));
    Files.write(file(name), Arrays.copyOf(all, (int) (share * all.length)));

    assertRefused();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"best.safetensors", "phase.safetensors", "state.json", "weights.safetensors"})
  void checkpointWithoutOneOfItsFilesIsRefused(String name) throws IOException {
    Files.delete(file(name));

    assertRefused();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "[]", "{\"fingerprint\": \"these options\"}"})
  void stateThatSaysNothingIsRefused(String json) throws IOException {
    Files.writeString(file("state.json"), json);

    assertRefused();
  }

  @ParameterizedTest
  @ValueSource(strings = {"best.safetensors", "phase.safetensors", "weights.safetensors"})
  void weightsOfAnotherNetworkAreRefused(String name) throws IOException {
    MrKpaConfig larger = new MrKpaConfig(24, 2, 1, 2, 24, 0.1f, true);
    Path others = folder.resolveSibling("others");
    try (MrKpaModel other = MrKpaModel.initialise(larger, SmallCohort.vocabulary(), 1);
        ScriptedPhase otherPhase = new ScriptedPhase("phase", other, 3)) {
      new Checkpoints(others, THESE)
          .save(
              state(1, 1, 1, 0.5, 10, 2),
              other,
              WeightSnapshot.of(other),
              List.<TrainingPhase<?>>of(otherPhase));
    }
    Files.delete(file(name));
    Files.copy(others.resolve("epoch-1").resolve(name), file(name));

    assertRefused();
  }

  /** Nothing of a checkpoint that is refused may stay in the model. */
  private void assertRefused() {
    try (MrKpaModel other = SmallCohort.untrained(2)) {
      assertThatThrownBy(() -> load(THESE, other))
          .isInstanceOf(TrainingException.class)
          .hasMessageContainingAll("epoch-1", "delete " + folder)
          .hasMessageNotContainingAny("null", "\n");
    }
  }

  @Test
  void savingThatWasInterruptedLeavesTheCheckpointBefore() throws IOException {
    Path partial = Files.createDirectory(folder.resolve("epoch-2.partial"));
    Files.writeString(partial.resolve("state.json"), "{");

    assertThat(load(THESE, model).done()).isEqualTo(1);
    save(state(2, 2, 1, 0.5, 20, 4));
    assertThat(names(folder)).containsExactly("epoch-2");
    assertThat(load(THESE, model).done()).isEqualTo(2);
  }

  @Test
  void latestIsTheOneWithTheHighestNumber() {
    for (int done = 2; done <= 11; done++) {
      save(state(done, 1, 1, 0.5, 10, 2));
    }

    assertThat(names(folder)).containsExactly("epoch-11");
    assertThat(load(THESE, model).done()).isEqualTo(11);
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> String.valueOf(f.getFileName())).sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
