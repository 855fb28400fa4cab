package org.medcue.model.baseline.dialogue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.nn.EncoderLayer;
import org.medcue.model.nn.Scalars;
import org.medcue.model.nn.Tables;

/**
 * HiTANet (Luo et al. 2020) over utterances. Local stage: to each vector a time is added, a
 * Transformer layer mixes them, and each state is weighed by itself (α). Global stage: the last
 * state asks, times answer, and weigh the states anew (β). Gates computed of the last state mix
 * both weights; the dialogue is the sum of states by the mixture.
 *
 * <p>Dialogues have no clock: an utterance's time is how many came after it, in tens. It is given
 * DDN's disease encoder.
 *
 * <p>Shapes: B dialogues, U utterances, H size of a vector.
 */
final class HiTaNet extends DialogueNetwork {

  private static final int HEADS = 4;
  private static final double UTTERANCES_A_UNIT = 10;

  private final Linear localTime;
  private final Linear localTimeVector;
  private final EncoderLayer encoder;
  private final Linear localWeight;
  private final Linear globalTime;
  private final Linear key;
  private final Linear query;
  private final Linear gates;

  HiTaNet(Sizes sizes, DialogueKnowledge knowledge) {
    super(sizes, knowledge, sizes.hidden(), true);
    int size = sizes.hidden();
    localTime = addChildBlock("localTime", linear(size / 2));
    localTimeVector = addChildBlock("localTimeVector", linear(size));
    encoder =
        addChildBlock(
            "encoder", new EncoderLayer(size, HEADS, 2 * size, sizes.dropout(), sizes.dropout()));
    localWeight = addChildBlock("localWeight", Linear.builder().setUnits(1).optBias(false).build());
    globalTime = addChildBlock("globalTime", linear(size / 2));
    key = addChildBlock("key", linear(size / 2));
    query = addChildBlock("query", linear(size / 2));
    gates = addChildBlock("gates", linear(2));
  }

  @Override
  NDArray read(ParameterStore store, NDManager manager, VectorBatch batch, boolean training) {
    Sequences utterances = batch.utterances();
    NDArray mask = utterances.mask(manager);
    NDArray blocked = Scalars.blocked(mask).expandDims(2);
    NDArray times =
        Scalars.scale(
                utterances.fromEnd(manager, Integer.MAX_VALUE).toType(DataType.FLOAT32, false),
                1 / UTTERANCES_A_UNIT)
            .expandDims(2); // (B, U, 1)
    NDArray placed =
        projected(store, manager, utterances, training)
            .add(
                apply(localTimeVector, store, fading(localTime, store, times, training), training));
    NDArray states =
        encoder.forward(store, new NDList(placed, mask), training).singletonOrThrow(); // (B, U, H)
    NDArray last = Tables.rows(utterances.lasts(manager), states.reshape(-1, hidden())); // (B, H)

    NDArray alpha = apply(localWeight, store, states, training).add(blocked).softmax(1);
    NDArray keys = apply(key, store, fading(globalTime, store, times, training), training).tanh();
    NDArray asked = Activation.relu(apply(query, store, last, training)).expandDims(2);
    NDArray scores = Scalars.scale(keys.matMul(asked), 1 / Math.sqrt(hidden() / 2.0)); // (B, U, 1)
    NDArray beta = scores.add(blocked).softmax(1);
    NDArray shares = apply(gates, store, last, training).softmax(1).expandDims(2); // (B, 2, 1)
    NDArray weights = alpha.concat(beta, 2).matMul(shares); // (B, U, 1), of sum 1
    return states.mul(weights).sum(new int[] {1});
  }

  /** 1 - tanh((W t + b)²), by which what is long past can count for less. */
  private static NDArray fading(Linear of, ParameterStore store, NDArray times, boolean training) {
    return apply(of, store, times, training).square().tanh().neg().add(1);
  }

  @Override
  void initializeReader(NDManager manager, DataType type) {
    Shape time = new Shape(1, 1, 1);
    Shape half = new Shape(1, 1, hidden() / 2);
    Shape whole = new Shape(1, 1, hidden());
    localTime.initialize(manager, type, time);
    localTimeVector.initialize(manager, type, half);
    encoder.initialize(manager, type, whole, new Shape(1, 1));
    localWeight.initialize(manager, type, whole);
    globalTime.initialize(manager, type, time);
    key.initialize(manager, type, half);
    query.initialize(manager, type, new Shape(1, hidden()));
    gates.initialize(manager, type, new Shape(1, hidden()));
  }
}
