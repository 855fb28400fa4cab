package org.medcue.model.ddn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.medcue.clinical.Dialogue;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.ModelException;
import org.medcue.model.learning.LearnedModel;
import org.medcue.model.learning.TensorFile;
import org.medcue.model.learning.WeightSnapshot;
import org.medcue.model.nn.DeviceChoice;
import org.medcue.model.nn.Torch;
import org.medcue.model.text.BertNetwork;
import org.medcue.model.text.TextTokenizer;

/**
 * A DDN network with the frozen part of its encoder, its tokenizer and its knowledge. What is
 * trained, and kept in a version's folder, are the weights above the frozen part.
 */
public final class DdnModel implements LearnedModel {

  /** A dialogue as a model may read it, and the number of its disease. */
  public record Asked(Dialogue dialogue, int disease) {}

  private static final int MOST_ON_CPU = 8;
  private static final int MOST_ON_GPU = 32;

  /** Longest to shortest dialogue of a pass on a CPU. */
  private static final double MOST_PADDING = 1.1;

  private final DdnConfig config;
  private final DialogueKnowledge knowledge;
  private final NDManager manager;
  private final TextTokenizer tokenizer;
  private final DialogueEncoding encoding;
  private final BertNetwork encoder;
  private final DdnNetwork network;
  private final ParameterStore store;

  private DdnModel(DdnConfig config, DialogueKnowledge knowledge, NDManager manager) {
    this.config = config;
    this.knowledge = knowledge;
    this.manager = manager;
    this.store = new ParameterStore(manager, false);
    tokenizer = config.encoder().tokenizer();
    encoding = new DialogueEncoding(tokenizer, config.longest());
    encoder = config.encoder().load(manager, config.encoderDropout());
    network =
        new DdnNetwork(
            config,
            encoder.config(),
            knowledge.drugs().drugs().size(),
            knowledge.diseases().diseases().size(),
            knowledge.graph().entities().size(),
            new DiseaseNeighbours(knowledge));
    network.initialize(manager, DataType.FLOAT32, new Shape(1));
  }

  /** A network whose upper layers begin as the pre-trained ones; the rest is random. */
  public static DdnModel initialise(
      DdnConfig config, DialogueKnowledge knowledge, int seed, DeviceChoice device) {
    NDManager manager = Torch.newManager(device);
    Torch.seed(seed);
    DdnModel model = new DdnModel(config, knowledge, manager);
    model.copyUpperLayers();
    model.releaseUpperLayers();
    return model;
  }

  /**
   * A network with the weights of a version.
   *
   * @param weights the file that {@link #save} wrote
   * @throws ModelException if it cannot be read or is another network's
   */
  static DdnModel load(
      DdnConfig config, DialogueKnowledge knowledge, Path weights, DeviceChoice device) {
    DdnModel model = onDevice(config, knowledge, device);
    try {
      WeightSnapshot.read(weights).restoreTo(model);
      model.releaseUpperLayers();
      model.freeze();
      return model;
    } catch (IOException | ModelException e) {
      model.close();
      throw new ModelException(
          weights + " does not fit the architecture in its manifest: " + e.getMessage(), e);
    }
  }

  private static DdnModel onDevice(
      DdnConfig config, DialogueKnowledge knowledge, DeviceChoice device) {
    NDManager manager = Torch.newManager(device);
    try {
      return new DdnModel(config, knowledge, manager);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** Writes the weights that are trained, in half precision. */
  void save(Path weights) throws IOException {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    parameters().forEach((name, parameter) -> arrays.put(name, parameter.getArray()));
    TensorFile.writeHalf(weights, arrays);
  }

  private void copyUpperLayers() {
    for (int i = 0; i < network.layers().size(); i++) {
      Map<String, Parameter> from =
          LearnedModel.parametersOf(encoder.layers().get(config.frozenLayers() + i));
      LearnedModel.parametersOf(network.layers().get(i))
          .forEach(
              (name, to) ->
                  Torch.copy(Objects.requireNonNull(from.get(name)).getArray(), to.getArray()));
    }
  }

  /** Of the pre-trained encoder only the frozen part is read from here on. */
  private void releaseUpperLayers() {
    encoder.layers().subList(config.frozenLayers(), encoder.layers().size()).stream()
        .flatMap(layer -> LearnedModel.parametersOf(layer).values().stream())
        .forEach(Parameter::close);
  }

  /**
   * Lets the knowledge graph begin as TransR has it.
   *
   * @throws IllegalArgumentException if the embeddings are of another size or graph
   */
  public void startFrom(TransR embeddings) {
    DiseaseEncoder graph = network.knowledge();
    if (graph != null) {
      graph.startFrom(embeddings);
    }
  }

  public DdnConfig config() {
    return config;
  }

  /** Diseases, drugs and their graph. */
  public DialogueKnowledge knowledge() {
    return knowledge;
  }

  DdnNetwork network() {
    return network;
  }

  @Override
  public Map<String, Parameter> parameters() {
    return LearnedModel.parametersOf(network);
  }

  @Override
  public NDManager manager() {
    return manager;
  }

  DialogueBatch.Case encode(Asked asked) {
    return new DialogueBatch.Case(encoding.encode(asked.dialogue()), asked.disease());
  }

  /** How many utterances of a long dialogue the network does not read, or not to their end. */
  int lost(Dialogue dialogue) {
    return encoding.encode(dialogue).lost();
  }

  /** What the frozen part of the encoder gives for a batch (B, L, M), without dropout. */
  NDArray frozen(DialogueBatch batch, NDManager arrays) {
    NDArray x = encoder.embed(store, batch.ids(arrays), batch.positions(arrays), false);
    return encoder.encode(store, x, batch.mask(arrays), 0, config.frozenLayers(), false);
  }

  /**
   * Logits of some dialogues: (dialogues, drugs). Those of about one length are read in one pass,
   * which costs a fifth less a dialogue on a CPU; where lengths differ, padding would cost more
   * than that. A GPU reads many at once whatever their lengths.
   */
  public float[][] logits(List<Asked> asked) {
    List<DialogueBatch.Case> cases = asked.stream().map(this::encode).toList();
    float[][] logits = new float[cases.size()][];
    for (List<Integer> pass : passes(cases)) {
      float[] rows = pass(pass.stream().map(cases::get).toList());
      int drugs = rows.length / pass.size();
      for (int row = 0; row < pass.size(); row++) {
        logits[pass.get(row)] = Arrays.copyOfRange(rows, row * drugs, (row + 1) * drugs);
      }
    }
    return logits;
  }

  /** The numbers of the dialogues of each pass. */
  private List<List<Integer>> passes(List<DialogueBatch.Case> cases) {
    boolean gpu = manager.getDevice().isGpu();
    List<Integer> byLength =
        IntStream.range(0, cases.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> cases.get(i).dialogue().length()))
            .toList();
    List<List<Integer>> passes = new ArrayList<>();
    List<Integer> pass = new ArrayList<>();
    for (int next : byLength) {
      boolean full = pass.size() == (gpu ? MOST_ON_GPU : MOST_ON_CPU);
      if (full || !(gpu || pass.isEmpty() || alike(cases.get(pass.get(0)), cases.get(next)))) {
        passes.add(pass);
        pass = new ArrayList<>();
      }
      pass.add(next);
    }
    if (!pass.isEmpty()) {
      passes.add(pass);
    }
    return passes;
  }

  private static boolean alike(DialogueBatch.Case shorter, DialogueBatch.Case longer) {
    return longer.dialogue().length() <= MOST_PADDING * shorter.dialogue().length();
  }

  /** Logits of some dialogues in one pass, row by row. */
  float[] together(List<Asked> asked) {
    return pass(asked.stream().map(this::encode).toList());
  }

  private float[] pass(List<DialogueBatch.Case> cases) {
    DialogueBatch batch = new DialogueBatch(cases);
    try (NDScope scope = new NDScope();
        NDManager arrays = manager.newSubManager()) {
      scope.suppressNotUsedWarning();
      NDArray frozen = frozen(batch, arrays);
      return network.logits(store, arrays, frozen, batch, false).toFloatArray();
    }
  }

  /** The frozen output of one dialogue alone (L, M), to be kept while training. */
  NDArray kept(DialogueBatch.Case one, NDManager arrays) {
    DialogueBatch batch = new DialogueBatch(List.of(one));
    try (NDScope scope = new NDScope();
        NDManager passing = arrays.newSubManager()) {
      scope.suppressNotUsedWarning();
      NDArray frozen = frozen(batch, passing).squeeze(0);
      frozen.attach(arrays);
      NDScope.unregister(new NDList(frozen));
      return frozen;
    }
  }

  @Override
  public void close() {
    tokenizer.close();
    manager.close();
  }
}
