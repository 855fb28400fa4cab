package org.medcue.cli;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.DialogueEvidence;
import org.medcue.clinical.PatientEvidence;
import org.medcue.clinical.Speaker;
import org.medcue.clinical.Utterance;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.ModelFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Times a version of DDN. */
@Command(
    name = "ddn",
    description = {
      "Time a DDN version in this process by size of batch, or by several clients at once, and"
          + " print the size of its folder.",
      "Dialogues are made up of the characters that stand in its knowledge graph."
    },
    mixinStandardHelpOptions = true)
final class DdnBenchmark extends VersionBenchmark {

  private static final int MOST = 10_000;

  @Option(
      names = "--utterances",
      defaultValue = "11",
      description = "Of each dialogue; default: ${DEFAULT-VALUE}.")
  private int utterances;

  @Option(
      names = "--characters",
      defaultValue = "18",
      description = "Of each utterance; default: ${DEFAULT-VALUE}.")
  private int characters;

  @Override
  Supplier<PatientEvidence> patients(
      ModelFolder folder, KnowledgeBase knowledge, DialogueKnowledge dialogues) {
    for (int given : new int[] {utterances, characters}) {
      if (given < 1 || given > MOST) {
        throw new CommandException("--utterances and --characters must be between 1 and " + MOST);
      }
    }
    Random random = new Random(SEED);
    String known = characters(dialogues);
    return () ->
        new DialogueEvidence(
            talk(known, random), List.of(), Set.of(), List.of(), Map.of(), List.of());
  }

  @Override
  String size() {
    return utterances + " utterances of " + characters + " characters";
  }

  private static String characters(DialogueKnowledge knowledge) {
    StringBuilder all = new StringBuilder();
    knowledge.graph().entities().forEach(entity -> all.append(entity.name()));
    return all.toString();
  }

  private Dialogue talk(String known, Random random) {
    return new Dialogue(
        IntStream.range(0, utterances)
            .mapToObj(
                i ->
                    new Utterance(
                        i % 2 == 0 ? Speaker.PATIENT : Speaker.DOCTOR, text(known, random)))
            .toList());
  }

  private String text(String known, Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < characters; i++) {
      text.append(known.charAt(random.nextInt(known.length())));
    }
    return text.toString();
  }
}
