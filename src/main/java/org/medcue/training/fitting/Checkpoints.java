package org.medcue.training.fitting;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.model.learning.LearnedModel;
import org.medcue.model.learning.TensorFile;
import org.medcue.model.learning.TrainingPhase;
import org.medcue.model.learning.WeightSnapshot;
import org.medcue.training.TrainingException;

/**
 * The checkpoints of one training in a folder of their own, one complete folder an epoch. A
 * checkpoint holds weights, best weights and the optimisers' moments; random numbers start anew
 * with every epoch, so a training that goes on from one ends with the same weights, bit for bit on
 * a CPU.
 */
public final class Checkpoints {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String PREFIX = "epoch-";
  private static final String PARTIAL = ".partial";
  private static final String STATE = "state.json";
  private static final String WEIGHTS = "weights.safetensors";
  private static final String BEST = "best.safetensors";

  /** Of the state file; one of another format is not read. */
  private static final int FORMAT = 2;

  /** The state file: what was begun, how far it came, steps by phase, SHA-256 by file. */
  private record Saved(
      int format,
      TrainingInputs inputs,
      FittingState state,
      Map<String, Integer> steps,
      Map<String, String> digests) {

    Saved {
      requireNonNull(inputs, "inputs");
      requireNonNull(state, "state");
      requireNonNull(steps, "steps");
      requireNonNull(digests, "digests");
    }
  }

  /** What was loaded. */
  record Loaded(FittingState state, WeightSnapshot best) {}

  private final Path folder;
  private final TrainingInputs inputs;

  /**
   * @param folder of this training alone
   * @param inputs data and options: a checkpoint of another training is refused
   */
  public Checkpoints(Path folder, TrainingInputs inputs) {
    this.folder = folder;
    this.inputs = inputs;
  }

  /** Whether a training left a checkpoint in a folder. */
  static boolean exist(Path folder) {
    return latest(folder).isPresent();
  }

  /**
   * Refuses a folder that holds anything else: it is removed in the end.
   *
   * @throws TrainingException naming the folder
   */
  static void requireOwnFolder(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> children = Files.list(folder)) {
      if (children.anyMatch(c -> !c.getFileName().toString().matches(PREFIX + "[0-9]+.*"))) {
        throw new TrainingException(
            folder + " holds files that are no checkpoint: move them elsewhere");
      }
    } catch (IOException e) {
      throw new TrainingException(folder + " is no folder that can be read", e);
    }
  }

  void save(
      FittingState state, LearnedModel model, WeightSnapshot best, List<TrainingPhase<?>> phases) {
    Path target = folder.resolve(PREFIX + state.done());
    Path partial = folder.resolve(PREFIX + state.done() + PARTIAL);
    try {
      Files.createDirectories(folder);
      delete(partial);
      Files.createDirectory(partial);
      Map<String, Integer> steps = new LinkedHashMap<>();
      for (TrainingPhase<?> phase : phases) {
        steps.put(phase.name(), phase.steps());
        TensorFile.write(partial.resolve(phase.name() + ".safetensors"), phase.state());
      }
      WeightSnapshot.of(model).write(partial.resolve(WEIGHTS), model);
      best.write(partial.resolve(BEST), model);
      JSON.writeValue(
          partial.resolve(STATE).toFile(),
          new Saved(FORMAT, inputs, state, steps, digests(partial)));
      Optional<Path> before = latest(folder);
      Files.move(partial, target);
      if (before.isPresent()) {
        delete(before.get());
      }
    } catch (IOException e) {
      throw new TrainingException("cannot write the checkpoint " + target, e);
    }
  }

  /**
   * Puts the latest checkpoint into model and phases.
   *
   * @return empty if there is none
   * @throws TrainingException if it is of another training or cannot be read
   */
  Optional<Loaded> load(LearnedModel model, List<TrainingPhase<?>> phases) {
    Optional<Path> latest = latest(folder);
    if (latest.isEmpty()) {
      return Optional.empty();
    }
    Path from = latest.get();
    try {
      Saved saved = JSON.readValue(from.resolve(STATE).toFile(), Saved.class);
      if (saved == null || saved.format() != FORMAT) {
        throw new IOException(STATE + " is empty or of another format");
      }
      if (!saved.inputs().equals(inputs)) {
        throw new TrainingException(
            folder
                + " holds a training with other options: "
                + String.join(", ", saved.inputs().differences(inputs))
                + "; repeat those, or delete that folder to begin anew");
      }
      if (!saved.digests().equals(digests(from))) {
        throw new IOException("a file was changed since it was written");
      }
      for (TrainingPhase<?> phase : phases) {
        phase.restore(
            saved.steps().getOrDefault(phase.name(), 0),
            TensorFile.read(from.resolve(phase.name() + ".safetensors")));
      }
      WeightSnapshot best = WeightSnapshot.read(from.resolve(BEST));
      best.restoreTo(model); // only to see now, not after hours, whether they fit
      WeightSnapshot.read(from.resolve(WEIGHTS)).restoreTo(model);
      return Optional.of(new Loaded(saved.state(), best));
    } catch (IOException | ModelException e) {
      throw new TrainingException(
          "cannot read the checkpoint " + from + ": delete " + folder + " to begin anew", e);
    }
  }

  /** SHA-256 of every file of a checkpoint but the state. */
  private static Map<String, String> digests(Path checkpoint) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> files = Files.list(checkpoint)) {
      for (Path file : files.filter(f -> !f.endsWith(STATE)).toList()) {
        digests.put(String.valueOf(file.getFileName()), ModelFolder.sha256(file));
      }
    }
    return digests;
  }

  /** Removes all checkpoints of a training whose result is written, at once or not at all. */
  public void clear() {
    if (!Files.exists(folder)) {
      return;
    }
    Path done = folder.resolveSibling(folder.getFileName() + ".done");
    try {
      delete(done);
      Files.move(folder, done);
    } catch (IOException e) {
      throw new TrainingException("cannot delete " + folder, e);
    }
    delete(done);
  }

  private static Optional<Path> latest(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(child -> child.getFileName().toString().matches(PREFIX + "[0-9]+"))
          .max(Comparator.comparingInt(Checkpoints::number));
    } catch (IOException e) {
      throw new TrainingException("cannot read the folder " + folder, e);
    }
  }

  private static int number(Path checkpoint) {
    return Integer.parseInt(checkpoint.getFileName().toString().substring(PREFIX.length()));
  }

  private static void delete(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new TrainingException("cannot delete " + path, e);
    }
  }
}
