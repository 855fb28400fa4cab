package org.medcue.model.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medcue.model.ModelException;
import org.medcue.model.nn.Torch;

/** The reference is ONNX Runtime on the library's own file. */
class PretrainedEncoderTest {

  private static final float TOLERANCE = 1e-4f;

  @Test
  void chineseEncoderGivesWhatOnnxRuntimeGives() throws OrtException, IOException {
    assertSameAsOnnxRuntime(PretrainedEncoder.BGE_SMALL_ZH, sentences());
  }

  @Test
  void englishEncoderGivesWhatOnnxRuntimeGives() throws OrtException, IOException {
    assertSameAsOnnxRuntime(
        PretrainedEncoder.ALL_MINILM_L6_V2,
        List.of(
            "Doctor, I have been coughing for three days.",
            "Yellow phlegm, no fever; took 500 mg of ABC twice.",
            "It itches at night, worse after a hot shower, and the rash on my arm is spreading.",
            "na\u00efve 🙂 咳嗽 ?",
            "cough ".repeat(200)));
  }

  @Test
  void tokenizerNeitherPadsNorCuts() {
    // The library's file says to do both, at 128 tokens
    try (TextTokenizer tokenizer = PretrainedEncoder.ALL_MINILM_L6_V2.tokenizer()) {
      assertThat(tokenizer.encode("cough")).hasSize(1);
      assertThat(tokenizer.encode("cough ".repeat(200))).hasSize(200);
    }
  }

  @Test
  void missingEncoderIsNamed() {
    try (NDManager manager = Torch.newManager()) {
      assertThatThrownBy(() -> new PretrainedEncoder("no-such-encoder", 8).load(manager, 0))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("no-such-encoder.onnx")
          .hasMessageContaining("add the library");
    }
    assertThatThrownBy(new PretrainedEncoder("no-such-encoder", 8)::requireLibrary)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("add the library");
  }

  /** 50 sentences of different lengths, letters, digits, emoji and rare characters among them. */
  private static List<String> sentences() {
    List<String> parts =
        List.of(
            "医生您好，", "我咳嗽三天了", "有黄痰", "没有发烧。", "吃了药 ABC 500mg", "喉嚨痛", "🙂", "怎么办？", "鼻塞流涕", "皮肤痒");
    return IntStream.range(0, 50)
        .mapToObj(
            i ->
                String.join(
                    "",
                    IntStream.rangeClosed(0, i % 12)
                        .mapToObj(j -> parts.get((i * 7 + j * 3) % parts.size()))
                        .toList()))
        .toList();
  }

  private static void assertSameAsOnnxRuntime(PretrainedEncoder encoder, List<String> sentences)
      throws OrtException, IOException {
    try (NDManager manager = Torch.newManager();
        TextTokenizer tokenizer = encoder.tokenizer();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        OrtSession session = environment.createSession(onnx(encoder))) {
      BertNetwork network = encoder.load(manager, 0.1f);
      ParameterStore store = new ParameterStore(manager, false);
      for (String sentence : sentences) {
        int[] tokens = tokenizer.encode(sentence);
        long[] ids = new long[tokens.length + 2];
        ids[0] = tokenizer.first();
        ids[ids.length - 1] = tokenizer.last();
        IntStream.range(0, tokens.length).forEach(i -> ids[i + 1] = tokens[i]);

        float[] ours = ours(network, store, manager, ids);

        assertThat(ours)
            .usingComparatorWithPrecision(TOLERANCE)
            .containsExactly(reference(environment, session, ids));
      }
    }
  }

  private static byte[] onnx(PretrainedEncoder encoder) throws IOException {
    try (InputStream in =
        PretrainedEncoderTest.class.getResourceAsStream("/" + encoder.name() + ".onnx")) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  private static float[] ours(
      BertNetwork network, ParameterStore store, NDManager manager, long[] ids) {
    try (NDManager arrays = manager.newSubManager()) {
      NDArray tokens = arrays.create(ids, new Shape(1, ids.length));
      NDArray positions =
          arrays.create(
              IntStream.range(0, ids.length).asLongStream().toArray(), new Shape(1, ids.length));
      NDArray mask = arrays.ones(new Shape(1, ids.length));
      NDList out = network.forward(store, new NDList(tokens, positions, mask), false);
      out.attach(arrays);
      return out.singletonOrThrow().toFloatArray();
    }
  }

  private static float[] reference(OrtEnvironment environment, OrtSession session, long[] ids)
      throws OrtException {
    long[] ones = new long[ids.length];
    Arrays.fill(ones, 1);
    try (OnnxTensor tokens = OnnxTensor.createTensor(environment, new long[][] {ids});
        OnnxTensor mask = OnnxTensor.createTensor(environment, new long[][] {ones});
        OnnxTensor kinds =
            OnnxTensor.createTensor(environment, new long[][] {new long[ids.length]});
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", tokens, "attention_mask", mask, "token_type_ids", kinds))) {
      float[][][] hidden = (float[][][]) result.get(0).getValue();
      int size = hidden[0][0].length;
      float[] flat = new float[hidden[0].length * size];
      for (int i = 0; i < hidden[0].length; i++) {
        System.arraycopy(hidden[0][i], 0, flat, i * size, size);
      }
      return flat;
    }
  }
}
