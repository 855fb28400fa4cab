package org.medcue.model.text;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.medcue.model.ModelException;
import org.medcue.model.learning.LearnedModel;
import org.medcue.model.nn.Torch;

/**
 * An encoder that a library brings along as {@code NAME.onnx} and {@code NAME-tokenizer.json} at
 * the root of the class path.
 *
 * @param name such as {@code bge-small-zh-v1.5}
 * @param heads of attention, the only size that the file does not tell
 */
public record PretrainedEncoder(String name, int heads) {

  /** The Chinese encoder that Medcue ships with: 4 layers of size 512. */
  public static final PretrainedEncoder BGE_SMALL_ZH =
      new PretrainedEncoder("bge-small-zh-v1.5", 8);

  /** An English encoder: 6 layers of size 384. Its library has to be added to the build. */
  public static final PretrainedEncoder ALL_MINILM_L6_V2 =
      new PretrainedEncoder("all-minilm-l6-v2", 12);

  private static final String WORDS = "embeddings.word_embeddings.weight";
  private static final String POSITIONS = "embeddings.position_embeddings.weight";
  private static final String KINDS = "embeddings.token_type_embeddings.weight";

  /**
   * A network with the file's weights.
   *
   * @param dropout rate while it is trained
   * @throws ModelException if the file is missing or of another form
   */
  public BertNetwork load(NDManager manager, float dropout) {
    OnnxFile file = open();
    BertConfig config = config(file, dropout);
    BertNetwork network = new BertNetwork(config);
    network.initialize(
        manager, ai.djl.ndarray.types.DataType.FLOAT32, new Shape(1, 1), new Shape(1, 1));
    try (NDManager temporary = manager.newSubManager()) {
      new Weights(file, LearnedModel.parametersOf(network), temporary).copy(config);
    }
    return network;
  }

  /**
   * Looks for the library before there is need of it.
   *
   * @throws ModelException if it is missing
   */
  public void requireLibrary() {
    try {
      resource(name + ".onnx").close();
    } catch (IOException e) {
      throw new ModelException("cannot read the weights of the encoder " + name, e);
    }
  }

  /** Whether a text holds a word of the language that the encoder knows. */
  public boolean reads(String text) {
    return !equals(BGE_SMALL_ZH) || text.codePoints().anyMatch(Character::isIdeographic);
  }

  /** The tokenizer that belongs to it. */
  public TextTokenizer tokenizer() {
    try (InputStream in = resource(name + "-tokenizer.json")) {
      return TextTokenizer.read(in);
    } catch (IOException e) {
      throw new ModelException("cannot read the tokenizer of " + name, e);
    }
  }

  private OnnxFile open() {
    try (InputStream in = resource(name + ".onnx")) {
      return OnnxFile.read(in);
    } catch (IOException e) {
      throw new ModelException("cannot read the weights of the encoder " + name, e);
    }
  }

  private static InputStream resource(String file) {
    @Nullable InputStream in =
        Thread.currentThread().getContextClassLoader().getResourceAsStream(file);
    if (in == null) {
      throw new ModelException(
          "the class path holds no " + file + ": add the library that brings this encoder");
    }
    return in;
  }

  private BertConfig config(OnnxFile file, float dropout) {
    long[] words = file.initializer(WORDS).shape();
    int layers = 0;
    while (file.has(layer(layers) + "output.dense.bias")) {
      layers++;
    }
    return new BertConfig(
        (int) words[0],
        (int) file.initializer(POSITIONS).shape()[0],
        (int) words[1],
        layers,
        heads,
        (int) file.initializer(layer(0) + "intermediate.dense.bias").shape()[0],
        dropout);
  }

  private static String layer(int number) {
    return "encoder.layer." + number + ".";
  }

  /** Copies weights into a network's parameters. */
  private record Weights(OnnxFile file, Map<String, Parameter> parameters, NDManager manager) {

    void copy(BertConfig config) {
      put("tokens", array(file.initializer(WORDS)));
      put("positions", array(file.initializer(POSITIONS)));
      // Of the kinds of sequences only the first is used; DDN adds speakers above
      put("kind", array(file.initializer(KINDS)).get("0:1"));
      putNorm("norm", "embeddings.LayerNorm");
      for (int i = 0; i < config.layers(); i++) {
        copyLayer("layer" + i + ".", i);
      }
    }

    private void copyLayer(String to, int number) {
      String from = layer(number);
      String attention = from + "attention.self.";
      put(
          to + "queryKeyValue.weight",
          factor(attention + "query")
              .concat(factor(attention + "key"), 0)
              .concat(factor(attention + "value"), 0));
      put(
          to + "queryKeyValue.bias",
          bias(attention + "query")
              .concat(bias(attention + "key"))
              .concat(bias(attention + "value")));
      putLinear(to + "output", from + "attention.output.dense");
      putLinear(to + "expand", from + "intermediate.dense");
      putLinear(to + "contract", from + "output.dense");
      putNorm(to + "attentionNorm", from + "attention.output.LayerNorm");
      putNorm(to + "feedForwardNorm", from + "output.LayerNorm");
    }

    private void putLinear(String to, String from) {
      put(to + ".weight", factor(from));
      put(to + ".bias", bias(from));
    }

    private void putNorm(String to, String from) {
      put(to + ".gamma", array(file.initializer(from + ".weight")));
      put(to + ".beta", bias(from));
    }

    /** As (units, inputs): the file has it the other way round. */
    private NDArray factor(String name) {
      String node =
          "/" + name.replaceFirst("encoder\\.layer\\.", "encoder/layer#").replace('.', '/');
      return array(file.factor(node.replace('#', '.') + "/MatMul")).transpose();
    }

    private NDArray bias(String name) {
      return array(file.initializer(name + ".bias"));
    }

    private NDArray array(OnnxFile.Tensor tensor) {
      return manager.create(tensor.values().duplicate(), new Shape(tensor.shape()));
    }

    private void put(String name, NDArray values) {
      Parameter parameter = parameters.get(name);
      if (parameter == null || !parameter.getArray().getShape().equals(values.getShape())) {
        throw new ModelException("the encoder's ONNX file does not fit BERT at " + name);
      }
      Torch.copy(values, parameter.getArray());
    }
  }
}
