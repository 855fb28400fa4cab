package org.medcue.model.text;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medcue.model.nn.EncoderLayer;
import org.medcue.model.nn.Tables;

/**
 * BERT: embeddings of tokens, positions and one more kind, and layers of an encoder.
 *
 * <p>Shapes: B sequences, L tokens, M size of a vector. Input: token numbers (B, L), positions (B,
 * L), and a mask (B, L), 1 for a token. Output: (B, L, M).
 */
public final class BertNetwork extends AbstractBlock {

  private final BertConfig config;
  private final Parameter tokens;
  private final Parameter positions;
  private final Parameter kind;
  private final LayerNorm norm;
  private final List<EncoderLayer> layers = new ArrayList<>();

  public BertNetwork(BertConfig config) {
    this.config = config;
    tokens = table("tokens", config.tokens(), config.size());
    positions = table("positions", config.positions(), config.size());
    kind = table("kind", 1, config.size());
    norm =
        addChildBlock("norm", LayerNorm.builder().axis(2).optEpsilon(BertConfig.EPSILON).build());
    for (int i = 0; i < config.layers(); i++) {
      layers.add(addChildBlock("layer" + i, config.layer()));
    }
  }

  private Parameter table(String name, int rows, int size) {
    return addParameter(
        Parameter.builder()
            .setName(name)
            .setType(Parameter.Type.WEIGHT)
            .optShape(new Shape(rows, size))
            .build());
  }

  /** The layers, the first nearest to the tokens. */
  public List<EncoderLayer> layers() {
    return layers;
  }

  public BertConfig config() {
    return config;
  }

  /** The sum of embeddings, normalised: the first layer's input (B, L, M). */
  public NDArray embed(ParameterStore store, NDArray ids, NDArray places, boolean training) {
    var device = ids.getDevice();
    NDArray sum =
        Tables.rows(ids, store.getValue(tokens, device, training))
            .add(Tables.rows(places, store.getValue(positions, device, training)))
            .add(store.getValue(kind, device, training));
    NDArray x = norm.forward(store, new NDList(sum), training).singletonOrThrow();
    return training && config.dropout() > 0
        ? Dropout.dropout(x, config.dropout(), true).singletonOrThrow()
        : x;
  }

  /** The output of some layers (B, L, M). */
  public NDArray encode(
      ParameterStore store, NDArray x, NDArray mask, int from, int to, boolean training) {
    NDArray y = x;
    for (EncoderLayer layer : layers.subList(from, to)) {
      y = layer.forward(store, new NDList(y, mask), training).singletonOrThrow();
    }
    return y;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> parameters) {
    NDArray x = embed(store, inputs.get(0), inputs.get(1), training);
    return new NDList(encode(store, x, inputs.get(2), 0, layers.size(), training));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {inputShapes[0].add(config.size())};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    Shape vectors = new Shape(1, 1, config.size());
    norm.initialize(manager, type, vectors);
    layers.forEach(layer -> layer.initialize(manager, type, vectors, new Shape(1, 1)));
  }
}
