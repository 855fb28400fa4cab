package org.medcue.training.dialogue;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.knowledge.DiseaseGraph;
import org.medcue.knowledge.DiseaseGraph.Triple;
import org.medcue.model.DrugPredictor;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.model.ModelManifest;
import org.medcue.model.SourceAttributes;
import org.medcue.model.ddn.Ddn;
import org.medcue.model.ddn.DdnConfig;
import org.medcue.model.ddn.DdnModel;
import org.medcue.model.ddn.DdnPredictor;
import org.medcue.model.ddn.LinkPrediction;
import org.medcue.model.ddn.TransR;
import org.medcue.model.ddn.TransRTraining;
import org.medcue.model.learning.Calibration;
import org.medcue.model.nn.Torch;
import org.medcue.model.versions.ExampleInputs;
import org.medcue.model.versions.GoldenExamples;
import org.medcue.training.Progress;
import org.medcue.training.RunLock;
import org.medcue.training.TrainingException;
import org.medcue.training.evaluation.ReportFolder;
import org.medcue.training.fitting.Checkpoints;
import org.medcue.training.fitting.TrainingInputs;
import org.medcue.training.fitting.VersionFolder;

/**
 * Trains a version of DDN. Temperature and thresholds are chosen, and the version is judged, by
 * cross-validation; the version itself is fitted on all dialogues.
 */
public final class DdnTraining {

  /**
   * @param dialogues file, a line each
   * @param also files of further dialogues to fit the version on; no figure is of them
   * @param out the version's folder, which must not exist yet
   * @param comparison folder of {@code medcue compare ddn}, whose runs of DDN are used; those that
   *     are missing are done first
   * @param network its sizes and encoder
   * @param resume whether to go on from where a training of this folder was interrupted
   */
  public record Options(
      Path dialogues,
      List<Path> also,
      Path out,
      Path comparison,
      DdnConfig network,
      boolean resume) {

    public Options {
      also = List.copyOf(also);
    }
  }

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final int HELD_OUT_FACTS = 100;
  private static final int FEWEST_FACTS_OF_AN_ENTITY = 3;

  private final Options options;
  private final DialogueKnowledge knowledge;
  private final Progress progress;
  private final Clock clock;
  private final VersionFolder folder;
  private final DialogueComparison comparison;

  public DdnTraining(Options options, DialogueKnowledge knowledge, Progress progress, Clock clock) {
    this.options = options;
    this.knowledge = knowledge;
    this.progress = progress;
    this.clock = clock;
    this.folder = new VersionFolder(options.out());
    this.comparison =
        new DialogueComparison(
            options.dialogues(), options.comparison(), knowledge, options.network(), progress);
  }

  /** Whether an interrupted training lies beside the folder to write. */
  public boolean hasCheckpoint() {
    return folder.hasCheckpoint();
  }

  /**
   * Trains, cross-validates what is left to, and writes.
   *
   * @return how it scored in cross-validation
   * @throws TrainingException if the dialogues cannot be read, the folder exists, or an unfinished
   *     training lies there that was not asked to be resumed
   */
  public DdnEvaluation run() {
    RunLock lock = folder.begin(options.resume());
    try (lock) {
      List<LabelledDialogue> dialogues =
          files().flatMap(file -> DialogueFile.readScored(file, knowledge).stream()).toList();
      Checkpoints checkpoints =
          new Checkpoints(folder.unfinished(), TrainingInputs.of(fingerprint()));
      try (DdnModel network = network(dialogues, checkpoints)) {
        SystemFolds raw = comparison.ofDdn();
        Calibration calibration = raw.calibration();
        SystemFolds folds = raw.calibrated();
        DdnEvaluation evaluation = evaluation(folds);
        progress.update("fitting the regression on wording", 0, 1);
        Ddn ddn = new Ddn(network, comparison.fitting().wording(dialogues), calibration);
        write(ddn, folds, evaluation, dialogues);
        checkpoints.clear();
        return evaluation;
      }
    }
  }

  private DdnModel network(List<LabelledDialogue> dialogues, Checkpoints checkpoints) {
    try {
      return comparison
          .fitting()
          .network(
              options.network(),
              dialogues,
              DialogueComparison.SEED,
              checkpoints,
              progress.named("the version"));
    } catch (ModelException e) {
      checkpoints.clear(); // it diverged: to go on would end the same
      throw e;
    }
  }

  private DdnEvaluation evaluation(SystemFolds folds) {
    String model = "ddn/" + folder.version();
    return new DdnEvaluation(
        folds.report(model, Protocol.CLINICAL, null),
        folds.report(model, Protocol.PAPER, null),
        folds.feasibility(),
        graphFigures());
  }

  /** Embeds the graph without some facts, and looks whether it finds them. */
  private DdnEvaluation.GraphFigures graphFigures() {
    DiseaseGraph graph = knowledge.graph();
    Set<Triple> heldOut = heldOut(graph);
    List<Triple> learned = graph.triples().stream().filter(t -> !heldOut.contains(t)).toList();
    int seed = DialogueComparison.SEED;
    try (TransR embeddings =
        TransRTraining.embed(
            learned,
            graph,
            options.network().entity(),
            seed,
            (done, all) ->
                progress.update("judging the knowledge graph's embeddings", done, all))) {
      double hits =
          new LinkPrediction(embeddings, graph.triples(), graph.entities().size())
              .hits(List.copyOf(heldOut), 10);
      progress.finished(String.format(Locale.ROOT, "TransR: hits@10 of held-out facts %.2f", hits));
      return new DdnEvaluation.GraphFigures(heldOut.size(), hits);
    }
  }

  /** Facts at random whose entities stand in others too: of the rest nothing can be known. */
  private static Set<Triple> heldOut(DiseaseGraph graph) {
    int[] facts = new int[graph.entities().size()];
    graph
        .triples()
        .forEach(
            triple -> {
              facts[triple.head()]++;
              facts[triple.tail()]++;
            });
    List<Triple> order = new ArrayList<>(graph.triples());
    Collections.shuffle(order, new Random(DialogueComparison.SEED));
    return new HashSet<>(
        order.stream()
            .filter(t -> Math.min(facts[t.head()], facts[t.tail()]) >= FEWEST_FACTS_OF_AN_ENTITY)
            .limit(HELD_OUT_FACTS)
            .toList());
  }

  /** All files that the version is fitted on. */
  private Stream<Path> files() {
    return Stream.concat(Stream.of(options.dialogues()), options.also().stream());
  }

  private String fingerprint() {
    return files().map(DdnTraining::sha256).collect(Collectors.joining(" "))
        + knowledge.versions()
        + DdnFitting.settings(options.network());
  }

  private void write(
      Ddn ddn, SystemFolds folds, DdnEvaluation evaluation, List<LabelledDialogue> dialogues) {
    Decisions decisions = new Decisions(folds.rule(Protocol.CLINICAL), folds.rule(Protocol.PAPER));
    ModelManifest draft = manifest(ddn, decisions, evaluation, dialogues.size());
    folder.write(
        draft,
        partial -> {
          ddn.save(partial);
          decisions.write(partial);
          FittedOn.of(dialogues).write(partial);
          new DialogueProfile(knowledge).of(folds).write(partial);
          JSON.writeValue(partial.resolve(ReportFolder.EVALUATION).toFile(), evaluation);
          DialoguePlots.write(partial, evaluation.feasibility()).ifPresent(progress::finished);
          Files.writeString(
              partial.resolve(SourceAttributes.CARD), DdnCard.of(draft, evaluation, knowledge));
        },
        this::writeExamples);
  }

  /** By the version as its folder holds it: its weights are rounded there. */
  private void writeExamples(ModelFolder written) throws IOException {
    try (DrugPredictor predictor = DdnPredictor.load(written, knowledge)) {
      GoldenExamples.write(written.path(), predictor, ExampleInputs.dialogues(knowledge));
    }
  }

  private ModelManifest manifest(
      Ddn ddn, Decisions decisions, DdnEvaluation evaluation, int dialogues) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("clinical.micro.f1", evaluation.clinical().metrics().micro().f1());
    metrics.put("clinical.micro.jaccard", evaluation.clinical().metrics().micro().jaccard());
    metrics.put("paper.micro.f1", evaluation.paper().metrics().micro().f1());
    metrics.put("paper.micro.jaccard", evaluation.paper().metrics().micro().jaccard());
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("created", clock.instant().toString());
    provenance.put("dataFingerprint", sha256(options.dialogues()));
    provenance.put(
        "alsoFittedOn",
        options.also().isEmpty()
            ? "nothing else"
            : options.also().stream().map(DdnTraining::sha256).collect(Collectors.joining(" ")));
    provenance.put("trainingDialogues", String.valueOf(dialogues));
    provenance.put("seed", String.valueOf(DialogueComparison.SEED));
    provenance.put("folds", CrossValidation.STANDARD.toString());
    provenance.put("network", DdnFitting.settings(ddn.config()));
    provenance.put("wording", DdnFitting.WORDING_SETTINGS);
    provenance.put("java", Runtime.version().toString());
    provenance.put("engine", Torch.version());
    return new ModelManifest(
        "ddn",
        folder.version(),
        JSON.valueToTree(ddn.config()),
        knowledge.versions(),
        decisions.clinical().threshold(),
        provenance,
        metrics,
        Map.of());
  }

  private static String sha256(Path file) {
    try {
      return ModelFolder.sha256(file);
    } catch (IOException e) {
      throw new TrainingException("cannot read " + file, e);
    }
  }
}
