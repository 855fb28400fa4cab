package org.medcue.model.ddn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medcue.model.nn.EncoderLayer;
import org.medcue.model.nn.Tables;
import org.medcue.model.text.BertConfig;

/**
 * DDN above the frozen part of its encoder: the layers that are trained, attention along the
 * dialogue's graph, the disease in the light of the dialogue, and the output (paper, sections 4.3
 * to 4.5). Of ours, since few dialogues have to teach it all: what an utterance attends to is added
 * to it through a gate that begins closed; of the utterances three means are read, the patient's,
 * the doctor's and the last one; and a disease has a vector and a bias of its own.
 *
 * <p>Shapes: B dialogues, L tokens, M size of a token, S size of a disease, D number of drugs.
 */
final class DdnNetwork extends AbstractBlock {

  private final DdnConfig config;
  private final int size;
  private final DiseaseNeighbours neighbours;
  private final List<EncoderLayer> layers = new ArrayList<>();
  private final Parameter speakers;
  private final Parameter diseases;
  private final Parameter diseaseBias;
  private final @Nullable DialogueGraphAttention graph;
  private final @Nullable Parameter gate;
  private final @Nullable DiseaseEncoder knowledge;
  private final LayerNorm norm;
  private final Linear output;
  private final int drugs;

  /**
   * @param bert sizes of the encoder
   * @param drugs D
   * @param diseases how many there are
   * @param entities of the knowledge graph
   */
  DdnNetwork(
      DdnConfig config,
      BertConfig bert,
      int drugs,
      int diseases,
      int entities,
      DiseaseNeighbours neighbours) {
    this.config = config;
    this.size = bert.size();
    this.drugs = drugs;
    this.neighbours = neighbours;
    for (int i = config.frozenLayers(); i < bert.layers(); i++) {
      layers.add(addChildBlock("layer" + i, bert.layer()));
    }
    this.speakers = table("speakers", 2, size, 0);
    this.diseases = table("diseases", diseases, config.disease(), 0.1f);
    this.diseaseBias = table("diseaseBias", diseases, drugs, 0);
    graph =
        config.dialogueGraph()
            ? addChildBlock("graph", new DialogueGraphAttention(size, size))
            : null;
    gate = config.dialogueGraph() ? table("gate", 1, size, 0) : null;
    knowledge =
        config.knowledgeGraph()
            ? addChildBlock("knowledge", new DiseaseEncoder(sizes(entities)))
            : null;
    norm = addChildBlock("norm", LayerNorm.builder().axis(1).build());
    output = addChildBlock("output", Linear.builder().setUnits(drugs).build());
    output.setInitializer(new ConstantInitializer(0), Parameter.Type.WEIGHT);
  }

  private DiseaseEncoder.Sizes sizes(int entities) {
    return new DiseaseEncoder.Sizes(
        entities,
        neighbours.relationCount(),
        config.entity(),
        config.entity(),
        size,
        config.disease());
  }

  private Parameter table(String name, int rows, int columns, float deviation) {
    return addParameter(
        Parameter.builder()
            .setName(name)
            .setType(Parameter.Type.WEIGHT)
            .optShape(new Shape(rows, columns))
            .optInitializer(
                deviation == 0 ? new ConstantInitializer(0) : new NormalInitializer(deviation))
            .build());
  }

  /** The layers of the encoder that are trained. */
  List<EncoderLayer> layers() {
    return layers;
  }

  /** The disease encoder; null without a knowledge graph. */
  @Nullable DiseaseEncoder knowledge() {
    return knowledge;
  }

  /** The output layer, whose bias begins at the drugs' log-odds. */
  Linear output() {
    return output;
  }

  /**
   * Logits (B, D).
   *
   * @param tokens what the frozen part of the encoder gives (B, L, M)
   */
  NDArray logits(
      ParameterStore store,
      NDManager manager,
      NDArray tokens,
      DialogueBatch batch,
      boolean training) {
    NDArray utterances = utterances(store, manager, tokens, batch, training);
    return answer(store, manager, utterances, batch, training);
  }

  /**
   * The utterances (B, U, M), each the mean of its tokens with what it attends to.
   *
   * @param tokens what the frozen part of the encoder gives (B, L, M)
   */
  private NDArray utterances(
      ParameterStore store,
      NDManager manager,
      NDArray tokens,
      DialogueBatch batch,
      boolean training) {
    var device = tokens.getDevice();
    NDArray mask = batch.mask(manager);
    NDArray x =
        tokens.add(
            Tables.rows(batch.speakers(manager), store.getValue(speakers, device, training)));
    for (EncoderLayer layer : layers) {
      x = layer.forward(store, new NDList(x, mask), training).singletonOrThrow();
    }
    NDArray said = batch.utteranceMeans(manager).matMul(x);
    if (graph == null || gate == null) {
      return said;
    }
    NDArray attended = apply(graph, store, new NDList(said, batch.edges(manager)), training);
    return said.add(attended.mul(store.getValue(gate, device, training)));
  }

  /** Logits (B, D) from utterances (B, U, M). */
  private NDArray answer(
      ParameterStore store,
      NDManager manager,
      NDArray utterances,
      DialogueBatch batch,
      boolean training) {
    var device = utterances.getDevice();
    NDArray means = batch.speakerMeans(manager).matMul(utterances).reshape(batch.size(), -1);
    NDArray number = batch.diseases(manager);
    NDList parts = new NDList(drop(apply(norm, store, means, training), training));
    parts.add(drop(Tables.rows(number, store.getValue(diseases, device, training)), training));
    if (knowledge != null) {
      NDList inputs = new NDList(number);
      inputs.addAll(neighboursOf(manager, batch));
      inputs.add(batch.dialogueMeans(manager).matMul(utterances).squeeze(1));
      parts.add(drop(apply(knowledge, store, inputs, training), training));
    }
    return apply(output, store, NDArrays.concat(parts, 1), training)
        .add(Tables.rows(number, store.getValue(diseaseBias, device, training)));
  }

  private NDList neighboursOf(NDManager manager, DialogueBatch batch) {
    return neighbours.of(manager, batch.cases().stream().map(DialogueBatch.Case::disease).toList());
  }

  private NDArray drop(NDArray x, boolean training) {
    return training && config.dropout() > 0
        ? Dropout.dropout(x, config.dropout(), true).singletonOrThrow()
        : x;
  }

  private static NDArray apply(Block block, ParameterStore store, NDArray x, boolean training) {
    return apply(block, store, new NDList(x), training);
  }

  private static NDArray apply(Block block, ParameterStore store, NDList in, boolean training) {
    return block.forward(store, in, training).singletonOrThrow();
  }

  /** Not used: a pass needs a {@link DialogueBatch}, see {@link #logits}. */
  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> parameters) {
    throw new UnsupportedOperationException("use logits");
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(-1, drugs)};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    Shape tokens = new Shape(1, 1, size);
    layers.forEach(layer -> layer.initialize(manager, type, tokens, new Shape(1, 1)));
    if (graph != null) {
      graph.initialize(manager, type, tokens, new Shape(1, 1, 1));
    }
    if (knowledge != null) {
      knowledge.initialize(manager, type, new Shape(1));
    }
    int read = DialogueBatch.MEANS * size;
    norm.initialize(manager, type, new Shape(1, read));
    int known = knowledge == null ? 0 : config.disease();
    output.initialize(manager, type, new Shape(1, read + config.disease() + known));
  }
}
