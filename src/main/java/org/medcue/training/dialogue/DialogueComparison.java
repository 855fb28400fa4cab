package org.medcue.training.dialogue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.ModelFolder;
import org.medcue.model.ddn.DdnFineTuning;
import org.medcue.model.ddn.DdnModel;
import org.medcue.training.Progress;
import org.medcue.training.RunLock;
import org.medcue.training.TrainingException;
import org.medcue.training.evaluation.RunComparison;
import org.medcue.training.evaluation.RunScores;
import org.medcue.training.evaluation.SeedSummary;

/**
 * Compares systems over dialogues by cross-validation under both protocols. Each finished run, all
 * folds of one system under one protocol, is a file and is not repeated.
 */
public final class DialogueComparison {

  /** The table for people. */
  public static final String MARKDOWN = "comparison.md";

  private static final JsonMapper JSON = new JsonMapper();
  private static final int SEED = 20221219;

  /** One finished run, as it is kept on disk. */
  private record Run(String fingerprint, double minutes, RunScores scores) {}

  private final Path file;
  private final Path folder;
  private final DialogueKnowledge knowledge;
  private final Progress progress;

  /**
   * @param file of dialogues, a line each
   * @param folder of runs and table
   */
  public DialogueComparison(
      Path file, Path folder, DialogueKnowledge knowledge, Progress progress) {
    this.file = file;
    this.folder = folder;
    this.knowledge = knowledge;
    this.progress = progress;
  }

  /**
   * Does the runs that are left.
   *
   * @param wanted which runs to do, by name
   * @return the table of all that are finished, as Markdown, which is also written
   */
  public String run(Predicate<String> wanted) {
    List<LabelledDialogue> dialogues = DialogueFile.read(file, knowledge).scored();
    List<CrossValidation.Fold> folds = CrossValidation.STANDARD.folds(dialogues);
    Map<String, Run> finished = new TreeMap<>();
    List<DialogueSystem> systems = new DialogueSystems(knowledge).all();
    for (Protocol protocol : Protocol.values()) {
      for (DialogueSystem system : systems) {
        String name = protocol.key() + "-" + system.key();
        Optional<Run> run = finished(name, system);
        if (run.isEmpty() && wanted.test(name)) {
          run = runLocked(name, system, protocol, folds);
        }
        run.ifPresent(done -> finished.put(name, done));
      }
    }
    String table = table(systems, finished);
    write(MARKDOWN, table);
    return table;
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

  private Optional<Run> finished(String name, DialogueSystem system) {
    Path kept = fileOf(name);
    if (!Files.exists(kept)) {
      return Optional.empty();
    }
    try {
      Run run = JSON.readValue(kept.toFile(), Run.class);
      if (!run.fingerprint().equals(fingerprint(system))) {
        throw new TrainingException(
            kept + " is of other data or settings: give another folder, or delete that file");
      }
      return Optional.of(run);
    } catch (IOException e) {
      throw new TrainingException("cannot read " + kept + ": delete it to repeat that run", e);
    }
  }

  private Optional<Run> runLocked(
      String name, DialogueSystem system, Protocol protocol, List<CrossValidation.Fold> folds) {
    try {
      Files.createDirectories(folder.resolve("runs"));
    } catch (IOException e) {
      throw new TrainingException("cannot write to the folder " + folder, e);
    }
    Optional<RunLock> taken = RunLock.tryLock(fileOf(name + ".lock"));
    if (taken.isEmpty()) {
      return Optional.empty();
    }
    RunLock lock = taken.get();
    try (lock) {
      Run run = run(name, system, protocol, folds);
      write("runs/" + name + ".json", JSON.writeValueAsString(run));
      return Optional.of(run);
    } catch (IOException e) {
      throw new TrainingException("cannot write to the folder " + folder, e);
    }
  }

  private Run run(
      String name, DialogueSystem system, Protocol protocol, List<CrossValidation.Fold> folds) {
    long start = System.nanoTime();
    List<ScoredFold> scored = new ArrayList<>();
    for (CrossValidation.Fold fold : folds) {
      Progress named = progress.named(name + ", fold " + (fold.number() + 1));
      List<DdnFineTuning.Example> examples =
          fold.training().stream().map(dialogue -> example(dialogue, protocol)).toList();
      try (DialogueSystem.Fitted fitted = system.trainer().fit(examples, SEED, named)) {
        DecisionRule rule =
            DecisionRule.chosenOn(
                ScoredDialogue.all(fold.validation(), protocol, fitted),
                DecisionRule.WhenNone.MOST_PROBABLE);
        scored.add(new ScoredFold(rule, ScoredDialogue.all(fold.scored(), protocol, fitted)));
      }
    }
    return new Run(
        fingerprint(system),
        (System.nanoTime() - start) / 60e9,
        ScoredFold.run(system.key(), SEED, scored));
  }

  private static DdnFineTuning.Example example(LabelledDialogue dialogue, Protocol protocol) {
    return new DdnFineTuning.Example(
        new DdnModel.Asked(protocol.read(dialogue.dialogue()), dialogue.disease().index()),
        IntStream.of(dialogue.labels()).boxed().toList());
  }

  private static String table(List<DialogueSystem> systems, Map<String, Run> finished) {
    StringBuilder text =
        new StringBuilder(
            """
            # DDN compared

            Five folds of dialogues, each scored by a system fitted on the others; the threshold of each
            fold was chosen on dialogues of neither. One seed. DDN's gain in pairs, with a 95 % bootstrap
            interval over dialogues.

            | protocol | system | micro Jaccard | micro F1 | Jaccard | F1 | PR-AUC | DDN above it, micro F1 | minutes |
            |---|---|---|---|---|---|---|---|---|
            """);
    for (Protocol protocol : Protocol.values()) {
      Run whole = finished.get(protocol.key() + "-ddn");
      for (DialogueSystem system : systems) {
        Run run = finished.get(protocol.key() + "-" + system.key());
        if (run != null) {
          text.append(
              row(
                  protocol,
                  system,
                  run,
                  whole == run ? Optional.empty() : Optional.ofNullable(whole)));
        }
      }
    }
    return text.toString();
  }

  private static String row(
      Protocol protocol, DialogueSystem system, Run run, Optional<Run> whole) {
    SeedSummary scores = SeedSummary.of(List.of(run.scores()));
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.2f | %.2f | %.2f | %.2f | %.2f | %s | %.1f |%n",
        protocol.key(),
        system.title(),
        100 * scores.microJaccard().mean(),
        100 * scores.microF1().mean(),
        100 * scores.jaccard().mean(),
        100 * scores.f1().mean(),
        100 * scores.prAuc().mean(),
        whole
            .map(
                ddn ->
                    RunComparison.between(List.of(ddn.scores()), List.of(run.scores()))
                        .micro()
                        .f1()
                        .brief(4))
            .orElse("–"),
        run.minutes());
  }

  /** A file complete or not at all. */
  private void write(String name, String content) {
    Path target = folder.resolve(name);
    Path partial = folder.resolve(name + ".partial");
    try {
      Files.createDirectories(folder);
      Files.writeString(partial, content);
      Files.move(
          partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new TrainingException("cannot write " + target, e);
    }
  }
}
