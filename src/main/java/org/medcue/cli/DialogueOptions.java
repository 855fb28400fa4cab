package org.medcue.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.knowledge.KnowledgeVersion;
import picocli.CommandLine.Option;

/** Where dialogues and knowledge lie. */
final class DialogueOptions {

  @Option(
      names = "--dialogues",
      required = true,
      paramLabel = "FILE",
      description =
          "Dialogues, a JSON object a line: label (drugs), disease, dialog (utterances that begin"
              + " with the speaker).")
  private @Nullable Path dialogues;

  @Option(
      names = "--registry",
      paramLabel = "DIR",
      defaultValue = "model-registry",
      description = "Folder of models and knowledge; default: ${DEFAULT-VALUE}.")
  private Path registry = Path.of("model-registry");

  Path dialogues() {
    return Objects.requireNonNull(dialogues);
  }

  DialogueKnowledge knowledge(List<KnowledgeVersion> versions) {
    return DialogueKnowledge.load(registry, versions);
  }
}
