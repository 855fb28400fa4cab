package org.medcue.model.baseline.dialogue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.nn.EncoderLayer;
import org.medcue.model.nn.Tables;

/**
 * LSAN (Ye et al. 2020) over a dialogue's hierarchy. Attention over the words of an utterance gives
 * its vector; a Transformer layer over the utterances sees what is far apart, a convolution over
 * three what is near; attention over both of each utterance gives the dialogue. A word is here a
 * run of tokens. It has DDN's disease encoder, as in the DDN paper.
 *
 * <p>Shapes: B dialogues, U utterances, H size of a vector.
 */
final class Lsan extends DialogueNetwork {

  private static final int HEADS = 4;

  /** Utterances from the end that have a position of their own. */
  private static final int POSITIONS = 64;

  private final Attention ofWords;
  private final Parameter positions;
  private final EncoderLayer far;
  private final Linear near;
  private final Attention ofUtterances;

  Lsan(Sizes sizes, DialogueKnowledge knowledge) {
    super(sizes, knowledge, 2 * sizes.hidden(), true);
    int size = sizes.hidden();
    ofWords = addChildBlock("ofWords", new Attention(size));
    positions = parameter("positions", new Shape(POSITIONS, size), new NormalInitializer(0.1f));
    far =
        addChildBlock(
            "far", new EncoderLayer(size, HEADS, 2 * size, sizes.dropout(), sizes.dropout()));
    near = addChildBlock("near", linear(size));
    ofUtterances = addChildBlock("ofUtterances", new Attention(2 * size));
  }

  @Override
  NDArray read(ParameterStore store, NDManager manager, VectorBatch batch, boolean training) {
    NDArray said =
        fromWords(
            batch,
            manager,
            words -> {
              NDArray steps = projected(store, manager, words, training);
              return ofWords.mix(store, steps, words.mask(manager), training);
            });
    Sequences utterances = batch.utterances();
    NDArray mask = utterances.mask(manager);
    NDArray places =
        Tables.rows(
            utterances.fromEnd(manager, POSITIONS - 1),
            store.getValue(positions, said.getDevice(), training));
    NDArray x = said.add(places); // (B, U, H)
    NDArray seen =
        far.forward(store, new NDList(x, mask), training)
            .singletonOrThrow()
            .concat(near(store, x.mul(mask.expandDims(2)), training), 2); // (B, U, 2H)
    return ofUtterances.mix(store, seen, mask, training);
  }

  /** A convolution over an utterance and those beside it (B, U, H), nothing beyond the ends. */
  private NDArray near(ParameterStore store, NDArray x, boolean training) {
    long count = x.getShape().get(1);
    NDArray end = x.getManager().zeros(new Shape(x.getShape().get(0), 1, hidden()));
    NDArray framed = NDArrays.concat(new NDList(end, x, end), 1);
    NDList windows = new NDList();
    for (int i = 0; i < 3; i++) {
      windows.add(framed.get(":, " + i + ":" + (i + count)));
    }
    return Activation.relu(apply(near, store, NDArrays.concat(windows, 2), training));
  }

  @Override
  void initializeReader(NDManager manager, DataType type) {
    Shape steps = new Shape(1, 1, hidden());
    ofWords.initialize(manager, type, steps);
    far.initialize(manager, type, steps, new Shape(1, 1));
    near.initialize(manager, type, new Shape(1, 1, 3L * hidden()));
    ofUtterances.initialize(manager, type, new Shape(1, 1, 2L * hidden()));
  }
}
