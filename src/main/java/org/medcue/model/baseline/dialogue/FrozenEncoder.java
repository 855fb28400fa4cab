package org.medcue.model.baseline.dialogue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.medcue.clinical.Dialogue;
import org.medcue.model.baseline.dialogue.DialogueVectors.Said;
import org.medcue.model.ddn.DialogueEncoding;
import org.medcue.model.ddn.EncodedDialogue;
import org.medcue.model.nn.Torch;
import org.medcue.model.text.BertNetwork;
import org.medcue.model.text.PretrainedEncoder;
import org.medcue.model.text.TextTokenizer;

/**
 * The pre-trained encoder with all its layers as they are. What it gives for a dialogue or a text
 * is computed once and kept, so that each system and each fold reads the same numbers.
 *
 * <p>A dialogue is one sequence, as for DDN, so that each utterance is read in the light of the
 * others. Of its tokens the means of four in a row are kept, never across utterances: a recurrent
 * network then takes a quarter of the steps, and a thousand dialogues take 0.2 GB.
 */
public final class FrozenEncoder implements TextVectors, AutoCloseable {

  /** Tokens of which one mean is kept. */
  private static final int RUN = 4;

  private final TextTokenizer tokenizer;
  private final DialogueEncoding encoding;
  private final NDManager manager;
  private final BertNetwork network;
  private final ParameterStore store;
  private final Map<Dialogue, DialogueVectors> dialogues = new HashMap<>();
  private final Map<String, float[]> texts = new HashMap<>();

  /**
   * @param longest tokens of a dialogue
   */
  public FrozenEncoder(PretrainedEncoder encoder, int longest) {
    tokenizer = encoder.tokenizer();
    encoding = new DialogueEncoding(tokenizer, longest);
    manager = Torch.newManager();
    network = encoder.load(manager, 0);
    store = new ParameterStore(manager, false);
  }

  @Override
  public int size() {
    return network.config().size();
  }

  /** The vectors of a dialogue. */
  public DialogueVectors read(Dialogue dialogue) {
    return dialogues.computeIfAbsent(dialogue, this::compute);
  }

  private DialogueVectors compute(Dialogue dialogue) {
    EncodedDialogue encoded = encoding.encode(dialogue);
    return vectors(encoded, encode(encoded.tokens()), size());
  }

  /** Sums up the tokens of each utterance. */
  static DialogueVectors vectors(EncodedDialogue encoded, float[] tokens, int size) {
    List<Said> said = new ArrayList<>();
    int from = 0;
    for (int utterance = 0; utterance < encoded.speakers().size(); utterance++) {
      int to = from;
      while (to < encoded.length() && encoded.utterances()[to] == utterance) {
        to++;
      }
      List<float[]> runs = new ArrayList<>();
      for (int start = from; start < to; start += RUN) {
        runs.add(mean(tokens, start, Math.min(to, start + RUN), size));
      }
      said.add(new Said(encoded.speakers().get(utterance), mean(tokens, from, to, size), runs));
      from = to;
    }
    return new DialogueVectors(said);
  }

  private static float[] mean(float[] tokens, int from, int to, int size) {
    float[] mean = new float[size];
    for (int token = from; token < to; token++) {
      for (int i = 0; i < size; i++) {
        mean[i] += tokens[token * size + i] / (to - from);
      }
    }
    return mean;
  }

  /**
   * The vector of [CLS], by which the encoder was trained to compare texts. Of a long text the end
   * is read.
   */
  @Override
  public float[] sentence(String text) {
    return texts.computeIfAbsent(text, this::computeSentence);
  }

  private float[] computeSentence(String text) {
    int[] tokens = tokenizer.encode(text);
    int kept = Math.min(tokens.length, network.config().positions() - 2);
    int[] framed = new int[kept + 2];
    framed[0] = tokenizer.first();
    System.arraycopy(tokens, tokens.length - kept, framed, 1, kept);
    framed[kept + 1] = tokenizer.last();
    float[] first = Arrays.copyOf(encode(framed), size());
    double squares = 0;
    for (float value : first) {
      squares += value * value;
    }
    for (int i = 0; i < first.length; i++) {
      first[i] /= (float) Math.sqrt(squares);
    }
    return first;
  }

  /** The vectors of all tokens, one after the other. */
  private float[] encode(int[] tokens) {
    Shape shape = new Shape(1, tokens.length);
    try (NDScope scope = new NDScope();
        NDManager arrays = manager.newSubManager()) {
      scope.suppressNotUsedWarning();
      NDArray ids = arrays.create(Arrays.stream(tokens).asLongStream().toArray(), shape);
      NDArray places = arrays.create(LongStream.range(0, tokens.length).toArray(), shape);
      NDList input = new NDList(ids, places, arrays.ones(shape));
      return network.forward(store, input, false).singletonOrThrow().toFloatArray();
    }
  }

  @Override
  public void close() {
    tokenizer.close();
    manager.close();
  }
}
