package org.medcue.model.baseline.dialogue;

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
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.util.PairList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.ddn.DdnConfig;
import org.medcue.model.ddn.DiseaseEncoder;
import org.medcue.model.ddn.DiseaseNeighbours;
import org.medcue.model.nn.Tables;

/**
 * A network that reads the encoder's vectors of a dialogue, and what its systems share: vectors are
 * projected and marked with their speaker before they are read; beside what was read the output
 * sees the disease, by a vector and a bias of its own and, where the system has it, by DDN's
 * disease encoder in the light of the dialogue.
 *
 * <p>Shapes: B dialogues, M size of the encoder's vectors, H size within the network, R size of
 * what is read, S size of a disease, D drugs.
 */
abstract class DialogueNetwork extends AbstractBlock {

  /**
   * Sizes.
   *
   * @param vector M
   * @param hidden H, a multiple of 4
   * @param disease S, also the size of an entity of the knowledge graph
   * @param dropout rate on what is read and before the output while training
   */
  record Sizes(int vector, int hidden, int disease, float dropout) {}

  /** Size of an entity of the knowledge graph, as TransR embeds it. */
  private static final int ENTITY = DdnConfig.standard().entity();

  private final Sizes sizes;
  private final DialogueKnowledge known;
  private final int readSize;
  private final DiseaseNeighbours neighbours;
  private final Linear projection;
  private final Parameter speakers;
  private final Parameter diseases;
  private final Parameter diseaseBias;
  private final @Nullable DiseaseEncoder knowledge;
  private final LayerNorm norm;
  private final Linear output;

  /**
   * @param readSize R
   * @param withGraph whether the disease's neighbours in the knowledge graph are read
   */
  DialogueNetwork(Sizes sizes, DialogueKnowledge known, int readSize, boolean withGraph) {
    this.sizes = sizes;
    this.known = known;
    this.readSize = readSize;
    neighbours = new DiseaseNeighbours(known);
    int count = known.diseases().diseases().size();
    projection = addChildBlock("projection", linear(sizes.hidden));
    speakers = parameter("speakers", new Shape(2, sizes.hidden), new NormalInitializer(0.1f));
    diseases = parameter("diseases", new Shape(count, sizes.disease), new NormalInitializer(0.1f));
    diseaseBias = parameter("diseaseBias", new Shape(count, drugs()), new ConstantInitializer(0));
    knowledge = withGraph ? addChildBlock("knowledge", diseaseEncoder()) : null;
    norm = addChildBlock("norm", LayerNorm.builder().axis(1).build());
    output = addChildBlock("output", linear(drugs()));
    output.setInitializer(new ConstantInitializer(0), Parameter.Type.WEIGHT);
  }

  /** The disease encoder; null in a network without one. */
  @Nullable DiseaseEncoder knowledge() {
    return knowledge;
  }

  private DiseaseEncoder diseaseEncoder() {
    return new DiseaseEncoder(
        new DiseaseEncoder.Sizes(
            known.graph().entities().size(),
            neighbours.relationCount(),
            ENTITY,
            ENTITY,
            readSize,
            sizes.disease));
  }

  static Linear linear(int units) {
    return Linear.builder().setUnits(units).build();
  }

  final Parameter parameter(String name, Shape shape, Initializer initializer) {
    return addParameter(
        Parameter.builder()
            .setName(name)
            .setType(Parameter.Type.OTHER)
            .optShape(shape)
            .optInitializer(initializer)
            .build());
  }

  private int drugs() {
    return known.drugs().drugs().size();
  }

  /** H. */
  final int hidden() {
    return sizes.hidden;
  }

  /** What a dialogue comes to (B, R). */
  abstract NDArray read(
      ParameterStore store, NDManager manager, VectorBatch batch, boolean training);

  /** Initialises the blocks that read. */
  abstract void initializeReader(NDManager manager, DataType type);

  /** Logits (B, D). */
  final NDArray logits(
      ParameterStore store, NDManager manager, VectorBatch batch, boolean training) {
    NDArray read = apply(norm, store, read(store, manager, batch, training), training);
    var device = read.getDevice();
    NDArray number =
        manager.create(batch.diseases().stream().mapToLong(Integer::longValue).toArray());
    NDList parts = new NDList(drop(read, training));
    parts.add(drop(Tables.rows(number, store.getValue(diseases, device, training)), training));
    if (knowledge != null) {
      NDList inputs = new NDList(number);
      inputs.addAll(neighbours.of(manager, batch.diseases()));
      inputs.add(read);
      NDArray disease = knowledge.forward(store, inputs, training).singletonOrThrow();
      parts.add(drop(disease, training));
    }
    return apply(output, store, NDArrays.concat(parts, 1), training)
        .add(Tables.rows(number, store.getValue(diseaseBias, device, training)));
  }

  /** The vectors of sequences as the network reads them (N, L, H), projected, with speakers. */
  final NDArray projected(
      ParameterStore store, NDManager manager, Sequences sequences, boolean training) {
    NDArray vectors = sequences.vectors(manager);
    NDArray speaker =
        Tables.rows(
            sequences.speakers(manager), store.getValue(speakers, vectors.getDevice(), training));
    return drop(apply(projection, store, vectors, training).add(speaker), training);
  }

  /** A vector (B, U, H) of each utterance, by what reads its runs of tokens: (N, H) of N. */
  static NDArray fromWords(
      VectorBatch batch, NDManager manager, Function<Sequences, NDArray> reader) {
    NDList read = new NDList();
    batch.runsOfUtterances().forEach(runs -> read.add(reader.apply(runs)));
    // DJL copies a list of one, and its copy has no gradient.
    NDArray all = read.size() == 1 ? read.head() : NDArrays.concat(read, 0);
    return picked(batch.places(manager), all);
  }

  /** Rows of a table (rows, l) in another order: (…, l). */
  static NDArray picked(NDArray places, NDArray steps) {
    long last = steps.getShape().get(steps.getShape().dimension() - 1);
    return Tables.rows(places, steps.reshape(-1, last));
  }

  final NDArray drop(NDArray x, boolean training) {
    return training && sizes.dropout > 0
        ? Dropout.dropout(x, sizes.dropout, true).singletonOrThrow()
        : x;
  }

  static NDArray apply(Block block, ParameterStore store, NDArray x, boolean training) {
    return block.forward(store, new NDList(x), training).singletonOrThrow();
  }

  /** Not used: a pass needs a {@link VectorBatch}, see {@link #logits}. */
  @Override
  protected final NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> parameters) {
    throw new UnsupportedOperationException("use logits");
  }

  @Override
  public final Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {new Shape(-1, drugs())};
  }

  @Override
  protected final void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    projection.initialize(manager, type, new Shape(1, 1, sizes.vector));
    initializeReader(manager, type);
    int graph = 0;
    if (knowledge != null) {
      knowledge.initialize(manager, type, new Shape(1));
      graph = sizes.disease;
    }
    norm.initialize(manager, type, new Shape(1, readSize));
    output.initialize(manager, type, new Shape(1, readSize + sizes.disease + graph));
  }
}
