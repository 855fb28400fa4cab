package org.medcue.model.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import org.jspecify.annotations.Nullable;

/**
 * One layer of a Transformer encoder, post-norm as in BERT: self-attention and a feed-forward
 * network, each with a residual connection and layer normalisation. (DJL's own encoder block uses
 * batch normalisation and a wrong second residual.)
 *
 * <p>Shapes: B sequences, L tokens, M model size, H heads, F feed-forward size. Input: (B, L, M)
 * and a mask (B, L), 1 for a token. Output: (B, L, M).
 */
public final class EncoderLayer extends AbstractBlock {

  private static final float DEFAULT_EPSILON = 1e-5f;

  private final int heads;
  private final int size;
  private final float dropout;
  private final float attentionDropout;
  private final Linear queryKeyValue;
  private final Linear output;
  private final Linear expand;
  private final Linear contract;
  private final LayerNorm attentionNorm;
  private final LayerNorm feedForwardNorm;

  /** With DJL's ε of layer normalisation. */
  public EncoderLayer(int size, int heads, int feedForward, float dropout, float attentionDropout) {
    this(size, heads, feedForward, dropout, attentionDropout, DEFAULT_EPSILON);
  }

  /**
   * @param size M, a multiple of the heads
   * @param heads H
   * @param feedForward F
   * @param dropout rate after attention and feed-forward
   * @param attentionDropout rate on attention weights
   * @param epsilon added to the variance in layer normalisation
   */
  public EncoderLayer(
      int size, int heads, int feedForward, float dropout, float attentionDropout, float epsilon) {
    if (size % heads != 0) {
      throw new IllegalArgumentException("model size must be a multiple of the number of heads");
    }
    this.size = size;
    this.heads = heads;
    this.dropout = dropout;
    this.attentionDropout = attentionDropout;
    queryKeyValue = addChildBlock("queryKeyValue", linear(3 * size));
    output = addChildBlock("output", linear(size));
    expand = addChildBlock("expand", linear(feedForward));
    contract = addChildBlock("contract", linear(size));
    attentionNorm = addChildBlock("attentionNorm", norm(epsilon));
    feedForwardNorm = addChildBlock("feedForwardNorm", norm(epsilon));
  }

  private static LayerNorm norm(float epsilon) {
    return LayerNorm.builder().axis(2).optEpsilon(epsilon).build();
  }

  private static Linear linear(int units) {
    return Linear.builder().setUnits(units).build();
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> parameters) {
    NDArray x = inputs.get(0);
    return new NDList(rest(store, x, attend(store, x, inputs.get(1), training), training));
  }

  /**
   * The output of the first token alone, which attends to all: what the last layer of an encoder
   * needs, at a fraction of the work.
   *
   * @param x (B, L, M)
   * @param mask (B, L)
   * @return (B, 1, M)
   */
  NDArray first(ParameterStore store, NDArray x, NDArray mask, boolean training) {
    NDArray token = x.get(":, 0:1");
    return rest(store, token, attendOfFirst(store, token, x, mask, training), training);
  }

  private NDArray rest(ParameterStore store, NDArray x, NDArray attended, boolean training) {
    NDArray y = apply(attentionNorm, store, x.add(drop(attended, dropout, training)), training);
    NDArray hidden = Activation.gelu(apply(expand, store, y, training));
    NDArray fed = apply(contract, store, hidden, training);
    return apply(feedForwardNorm, store, y.add(drop(fed, dropout, training)), training);
  }

  private NDArray attend(ParameterStore store, NDArray x, NDArray mask, boolean training) {
    long b = x.getShape().get(0);
    long l = x.getShape().get(1);
    long d = size / heads;
    NDArray qkv =
        apply(queryKeyValue, store, x, training)
            .reshape(b, l, 3, heads, d)
            .transpose(2, 0, 3, 1, 4); // (3, B, H, L, D)
    NDArray q = Scalars.scale(qkv.get(0), 1 / Math.sqrt(d));
    NDArray scores = q.matMul(qkv.get(1).transpose(0, 1, 3, 2)); // (B, H, L, L)
    NDArray blocked = Scalars.blocked(mask).reshape(b, 1, 1, l);
    NDArray attention = drop(scores.add(blocked).softmax(3), attentionDropout, training);
    NDArray mixed = attention.matMul(qkv.get(2)); // (B, H, L, D)
    return apply(output, store, mixed.transpose(0, 2, 1, 3).reshape(b, l, size), training);
  }

  /**
   * Attention of the first token, without a key and a value of each token: q · (K x) is (Kᵀ q) · x,
   * the keys' bias shifts all scores of a softmax alike, and the values' weights can be applied to
   * the weighted sum of the tokens.
   */
  private NDArray attendOfFirst(
      ParameterStore store, NDArray token, NDArray x, NDArray mask, boolean training) {
    long b = x.getShape().get(0);
    long d = size / heads;
    var of = queryKeyValue.getDirectParameters();
    NDArray weight = store.getValue(of.get("weight"), x.getDevice(), training);
    NDArray bias = store.getValue(of.get("bias"), x.getDevice(), training);
    NDArray byHead = weight.reshape(3, heads, d, size); // (3, H, D, M)
    NDArray valueBias = bias.get(2 * size + ":").reshape(heads, 1, d);

    NDArray q =
        Linear.linear(token, weight.get(":" + size), bias.get(":" + size)).singletonOrThrow();
    NDArray asked =
        Scalars.scale(q, 1 / Math.sqrt(d))
            .reshape(b, heads, d)
            .transpose(1, 0, 2)
            .matMul(byHead.get(1)) // (H, B, M)
            .transpose(1, 0, 2);
    NDArray blocked = Scalars.blocked(mask).expandDims(1);
    NDArray scores = asked.matMul(x.transpose(0, 2, 1)).add(blocked); // (B, H, L)
    NDArray attention = drop(scores.softmax(2), attentionDropout, training);
    NDArray total = attention.sum(new int[] {2}, true).transpose(1, 0, 2); // 1 but for dropout
    NDArray mixed =
        attention
            .matMul(x) // (B, H, M)
            .transpose(1, 0, 2)
            .matMul(byHead.get(2).transpose(0, 2, 1)) // (H, B, D)
            .add(total.mul(valueBias));
    return apply(output, store, mixed.transpose(1, 0, 2).reshape(b, 1, size), training);
  }

  private static NDArray drop(NDArray x, float rate, boolean training) {
    return training && rate > 0 ? Dropout.dropout(x, rate, true).singletonOrThrow() : x;
  }

  private static NDArray apply(
      AbstractBlock block, ParameterStore store, NDArray x, boolean training) {
    return block.forward(store, new NDList(x), training).singletonOrThrow();
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    return new Shape[] {inputShapes[0]};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    Shape tokens = new Shape(1, 1, size);
    queryKeyValue.initialize(manager, type, tokens);
    output.initialize(manager, type, tokens);
    expand.initialize(manager, type, tokens);
    Shape expanded = expand.getOutputShapes(new Shape[] {tokens})[0];
    contract.initialize(manager, type, expanded);
    attentionNorm.initialize(manager, type, tokens);
    feedForwardNorm.initialize(manager, type, tokens);
  }
}
