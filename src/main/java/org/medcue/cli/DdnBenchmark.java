package org.medcue.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.Speaker;
import org.medcue.clinical.Utterance;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.ModelFolder;
import org.medcue.model.ddn.Ddn;
import org.medcue.model.nn.DeviceChoice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Times a version of DDN on one thread, without a service. */
@Command(
    name = "ddn",
    description = {
      "Time a DDN version in this process, on one thread, and print the size of its folder.",
      "Dialogues are made up of the characters that stand in its knowledge graph."
    },
    mixinStandardHelpOptions = true)
final class DdnBenchmark implements Callable<Integer> {

  private static final int DIALOGUES = 32;
  private static final long SEED = 20221219;
  private static final int MOST = 10_000;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the version, such as model-registry/ddn/1.1.0.")
  private @Nullable Path model;

  @Option(
      names = "--registry",
      paramLabel = "DIR",
      defaultValue = "model-registry",
      description = "Folder of models and knowledge; default: ${DEFAULT-VALUE}.")
  private Path registry = Path.of("model-registry");

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

  @Option(
      names = "--runs",
      defaultValue = "100",
      description = "Timed runs, after as many to warm up; default: ${DEFAULT-VALUE}.")
  private int runs;

  @Override
  public Integer call() throws IOException {
    for (int given : new int[] {utterances, characters, runs}) {
      if (given < 1 || given > MOST) {
        throw new CommandException(
            "--utterances, --characters and --runs must be between 1 and " + MOST);
      }
    }
    ModelFolder folder = ModelFolder.open(Objects.requireNonNull(model));
    DialogueKnowledge knowledge = DialogueKnowledge.load(registry, folder.manifest().knowledge());
    Random random = new Random(SEED);
    String known = characters(knowledge);
    List<Dialogue> talks = Stream.generate(() -> talk(known, random)).limit(DIALOGUES).toList();
    try (Ddn ddn = Ddn.load(folder, knowledge, DeviceChoice.CPU)) {
      System.out.println(
          folder.manifest().model()
              + " "
              + folder.manifest().version()
              + " on "
              + Timing.machine());
      String of = ", " + utterances + " utterances of " + characters + " characters";
      Timing.print("prediction" + of, runs, i -> ddn.probabilities(talks.get(i % DIALOGUES), 0));
      Timing.print(
          "prediction and explanation" + of,
          runs,
          i -> {
            ddn.probabilities(talks.get(i % DIALOGUES), 0);
            ddn.utteranceWeights(talks.get(i % DIALOGUES), 0);
          });
    }
    Timing.printSize(folder.path());
    return 0;
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
