package org.medcue.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.training.dialogue.Agreement;
import org.medcue.training.dialogue.CorpusBuilder;
import org.medcue.training.dialogue.CorpusBuilder.Corpus;
import org.medcue.training.dialogue.DialogueFile;
import org.medcue.training.dialogue.LabelledDialogue;
import org.medcue.training.dialogue.RawDialogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes training examples of raw dialogues, and compares two annotators. */
@Command(
    name = "corpus",
    description = {
      "Make training examples of raw dialogues, or compare two annotations of the same dialogues.",
      "Drugs that the doctor recommends become labels and marks, and the dialogue is cut behind the"
          + " recommendation. Prints counts and line numbers, nothing that was said."
    },
    mixinStandardHelpOptions = true)
final class CorpusCommand implements Callable<Integer> {

  @Option(
      names = "--dialogues",
      paramLabel = "FILE",
      description =
          "Raw dialogues, a JSON object a line: dialog (utterances that begin with the speaker) and,"
              + " where it is known, disease.")
  private @Nullable Path dialogues;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "File of training examples to write, which train ddn, compare ddn and evaluate ddn read;"
              + " must not exist.")
  private @Nullable Path out;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "An annotator's file of training examples; given twice, for two annotators of the same"
              + " dialogues in the same order, prints how far they agree (Cohen's kappa).")
  private List<Path> labels = List.of();

  @Option(
      names = "--registry",
      paramLabel = "DIR",
      defaultValue = "model-registry",
      description = "Folder of models and knowledge; default: ${DEFAULT-VALUE}.")
  private Path registry = Path.of("model-registry");

  @Override
  public Integer call() {
    requireTask();
    DialogueKnowledge knowledge = DialogueKnowledge.load(registry, DialogueKnowledge.bundled());
    if (dialogues != null && out != null) {
      build(dialogues, out, knowledge);
    }
    if (!labels.isEmpty()) {
      compare(labels.get(0), labels.get(1), knowledge);
    }
    return 0;
  }

  /** Fails before the work rather than after. */
  private void requireTask() {
    if (dialogues == null && out == null && labels.isEmpty()) {
      throw new CommandException(
          "nothing to do: give --dialogues and --out to make training examples, or --labels twice"
              + " to compare two annotators");
    }
    if (dialogues != null && out == null) {
      throw new CommandException("--out is missing: give the file of training examples to write");
    }
    if (dialogues == null && out != null) {
      throw new CommandException("--dialogues is missing: give the file of raw dialogues");
    }
    if (!labels.isEmpty() && labels.size() != 2) {
      throw new CommandException(
          "--labels is given " + labels.size() + " times: give it twice, once for each annotator");
    }
    if (out != null) {
      requireWritable(out);
    }
  }

  private static void requireWritable(Path out) {
    CohortOptions.requireNamed("--out", out, "the file of training examples to write");
    if (Files.exists(out)) {
      throw new CommandException(
          "--out " + out + " exists already: choose another file, or move that one away");
    }
    Path parent = out.toAbsolutePath().getParent();
    if (parent == null || !Files.isWritable(parent)) {
      throw new CommandException("cannot write " + out + ": does its folder exist?");
    }
  }

  private static void build(Path from, Path to, DialogueKnowledge knowledge) {
    List<RawDialogue> raw = RawDialogue.read(from);
    Corpus corpus = new CorpusBuilder(knowledge).build(raw);
    System.out.println(CorpusLines.of(from, raw.size(), corpus, knowledge));
    if (corpus.dialogues().isEmpty()) {
      throw new CommandException(
          from
              + " holds no dialogue in which a doctor recommends a known drug, so nothing is"
              + " written: are doctors and patients the right way round?");
    }
    DialogueFile.write(to, corpus.dialogues());
    System.out.println("Written: " + to);
  }

  private static void compare(Path one, Path other, DialogueKnowledge knowledge) {
    List<LabelledDialogue> first = DialogueFile.read(one, knowledge);
    Agreement agreement = Agreement.between(first, DialogueFile.read(other, knowledge));
    if (first.isEmpty()) {
      throw new CommandException(one + " and " + other + " hold no dialogue");
    }
    System.out.println(CorpusLines.of(one, other, agreement));
  }
}
