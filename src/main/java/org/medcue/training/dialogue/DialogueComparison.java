package org.medcue.training.dialogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.ModelFolder;
import org.medcue.model.ddn.DdnConfig;
import org.medcue.training.Progress;
import org.medcue.training.RunLock;
import org.medcue.training.TrainingException;

/**
 * Compares systems over dialogues by cross-validation. A run fits a system on one fold's training
 * part and scores the rest under both protocols. What it says is kept as a file and not repeated;
 * started twice on one folder, the two share the work.
 */
public final class DialogueComparison {

  /** The table for people. */
  public static final String MARKDOWN = "comparison.md";

  /** Of weights; the folds are others. */
  static final int SEED = 20221219;

  private final Path file;
  private final Path folder;
  private final DialogueKnowledge knowledge;
  private final Progress progress;
  private final DialogueSystems systems;

  /**
   * @param file of dialogues, a line each
   * @param folder of runs and table
   * @param network DDN's sizes and the encoder of all systems
   */
  public DialogueComparison(
      Path file, Path folder, DialogueKnowledge knowledge, DdnConfig network, Progress progress) {
    this.file = file;
    this.folder = folder;
    this.knowledge = knowledge;
    this.progress = progress;
    this.systems = new DialogueSystems(knowledge, network);
  }

  /** The names of all runs, such as {@code ddn-network-3}, and whether each is finished. */
  public String list() {
    return names()
        .map(name -> (Files.exists(fileOf(name)) ? "finished  " : "          ") + name)
        .collect(Collectors.joining(System.lineSeparator(), "", System.lineSeparator()));
  }

  private Stream<String> names() {
    return systems.all().stream()
        .flatMap(
            system ->
                IntStream.rangeClosed(1, CrossValidation.FOLDS)
                    .mapToObj(fold -> name(system, fold)));
  }

  /**
   * Does the runs that are left.
   *
   * @param wanted which runs to do, by name
   * @return the table of all that are finished, as Markdown, which is also written
   * @throws TrainingException if no run is wanted
   */
  public String run(Predicate<String> wanted) {
    if (names().noneMatch(wanted)) {
      throw new TrainingException("no run has such a name: --list names them all");
    }
    List<CrossValidation.Fold> folds = folds();
    Map<String, Map<Integer, KeptFold>> kept = new TreeMap<>();
    for (DialogueSystem system : systems.all()) {
      folds.forEach(fold -> run(system, fold, wanted));
    }
    // What another process did meanwhile stands in the table too
    for (DialogueSystem system : systems.all()) {
      Map<Integer, KeptFold> ofSystem = new TreeMap<>();
      folds.forEach(
          fold ->
              run(system, fold, name -> false)
                  .ifPresent(done -> ofSystem.put(fold.number(), done)));
      kept.put(system.key(), ofSystem);
    }
    String table = new DialogueTable(folds, systems, kept).markdown();
    try {
      Files.writeString(folder.resolve(MARKDOWN), table);
    } catch (IOException e) {
      throw new TrainingException("cannot write to the folder " + folder, e);
    }
    return table;
  }

  /** How the parts of DDN are fitted; the knowledge graph is embedded once for all. */
  DdnFitting fitting() {
    return systems.fitting();
  }

  /**
   * DDN's folds, those that are left done first.
   *
   * @throws TrainingException if another process does one of them
   */
  SystemFolds ofDdn() {
    List<CrossValidation.Fold> folds = folds();
    DialogueBlend blend = systems.ddn();
    List<KeptFold> kept = new ArrayList<>();
    for (CrossValidation.Fold fold : folds) {
      kept.add(
          required(blend.network(), fold)
              .blendedWith(required(blend.other(), fold), blend.share()));
    }
    return new SystemFolds(folds, kept);
  }

  private KeptFold required(String key, CrossValidation.Fold fold) {
    DialogueSystem system =
        systems.all().stream().filter(s -> s.key().equals(key)).findFirst().orElseThrow();
    return run(system, fold, name -> true)
        .orElseThrow(
            () ->
                new TrainingException(
                    "another process does " + name(system, fold.number()) + ": wait for it"));
  }

  private List<CrossValidation.Fold> folds() {
    List<LabelledDialogue> dialogues = DialogueFile.readScored(file, knowledge);
    List<CrossValidation.Fold> folds = CrossValidation.STANDARD.folds(dialogues);
    if (folds.stream().anyMatch(fold -> fold.scored().isEmpty() || fold.training().isEmpty())) {
      throw new TrainingException(
          file + " holds too few dialogues with a recommended drug for five folds");
    }
    return folds;
  }

  private Optional<KeptFold> run(
      DialogueSystem system, CrossValidation.Fold fold, Predicate<String> wanted) {
    String name = name(system, fold.number());
    Optional<KeptFold> kept = KeptFold.read(fileOf(name), fingerprint(system));
    return kept.isEmpty() && wanted.test(name) ? runLocked(name, system, fold) : kept;
  }

  /** The beginnings of talks cost five readings of each, so only DDN's parts are asked. */
  private double[] shares(DialogueSystem system) {
    DialogueBlend ddn = systems.ddn();
    boolean part = system.key().equals(ddn.network()) || system.key().equals(ddn.other());
    return part ? FeasibilityCurve.BEGINNINGS : new double[0];
  }

  private static String name(DialogueSystem system, int fold) {
    return system.key() + "-" + fold;
  }

  private String fingerprint(DialogueSystem system) {
    try {
      return String.join(
          " ",
          ModelFolder.sha256(file),
          CrossValidation.STANDARD.toString(),
          knowledge.versions().toString(),
          system.settings());
    } catch (IOException e) {
      throw new TrainingException("cannot read " + file, e);
    }
  }

  private Path fileOf(String run) {
    return folder.resolve("runs").resolve(run + ".json");
  }

  /** Empty where another process does the run. */
  private Optional<KeptFold> runLocked(
      String name, DialogueSystem system, CrossValidation.Fold fold) {
    try {
      Files.createDirectories(folder.resolve("runs"));
    } catch (IOException e) {
      throw new TrainingException("cannot write to the folder " + folder, e);
    }
    Optional<RunLock> taken = RunLock.tryLock(fileOf(name).resolveSibling(name + ".lock"));
    if (taken.isEmpty()) {
      return Optional.empty();
    }
    RunLock lock = taken.get();
    try (lock) {
      Optional<KeptFold> meanwhile = KeptFold.read(fileOf(name), fingerprint(system));
      if (meanwhile.isPresent()) {
        return meanwhile;
      }
      long start = System.nanoTime();
      Progress ofRun = progress.named(name);
      try (DialogueSystem.Fitted fitted = system.trainer().fit(fold.training(), SEED, ofRun)) {
        KeptFold kept =
            KeptFold.of(fingerprint(system), start, fold, fitted, ofRun, shares(system));
        kept.write(fileOf(name));
        return Optional.of(kept);
      }
    }
  }
}
