package org.medcue.model.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VisitEncoderTest {

  private static final float NO_DROPOUT = 0;

  @Test
  void layerAttendsNormalisesAndFeedsForward() throws IOException {
    Golden golden = Golden.read("visit-encoder.json");
    try (NDManager manager = Torch.newManager()) {
      NDList inputs = inputs(golden, manager);
      EncoderLayer layer = firstLayer(golden, manager, inputs);

      NDArray output = forward(layer, manager, inputs);

      // Places that hold no token are nobody's business.
      NDArray tokens = output.mul(inputs.get(1).expandDims(2));
      golden.assertEquals(tokens.toFloatArray(), "expectedOfFirstLayer");
    }
  }

  @Test
  void setIsEncodedAsTheLastStateOfItsFirstToken() throws IOException {
    Golden golden = Golden.read("visit-encoder.json");
    try (NDManager manager = Torch.newManager()) {
      NDList inputs = inputs(golden, manager);
      VisitEncoder encoder = bothLayers(golden, manager, inputs, NO_DROPOUT);

      golden.assertEquals(forward(encoder, manager, inputs).toFloatArray(), "expectedOfBothLayers");
    }
  }

  @Test
  void manySetsAreEncodedAsFew() throws IOException {
    Golden golden = Golden.read("visit-encoder.json");
    try (NDManager manager = Torch.newManager()) {
      NDList few = inputs(golden, manager);
      VisitEncoder encoder = bothLayers(golden, manager, few, NO_DROPOUT);

      NDArray vectors = forward(encoder, manager, many(few));

      for (long from = 0; from < vectors.getShape().get(0); from += few.get(0).getShape().get(0)) {
        NDArray part = vectors.get(from + ":" + (from + few.get(0).getShape().get(0)));
        golden.assertEquals(part.toFloatArray(), "expectedOfBothLayers");
      }
    }
  }

  @Test
  void gradientsOfManySetsAgreeWithDifferences() throws IOException {
    Golden golden = Golden.read("visit-encoder.json");
    try (NDManager manager = Torch.newManager()) {
      NDList inputs = many(inputs(golden, manager));
      VisitEncoder encoder = bothLayers(golden, manager, inputs, NO_DROPOUT);
      Gradients.assertAgreeWithDifferences(
          manager, Golden.parameters(encoder), store -> encoder.forward(store, inputs, true));
    }
  }

  /** Else a later visit could reach an earlier prediction by a bit. */
  @Test
  void vectorOfASetDoesNotDependOnHowManyAreEncodedBesideIt() {
    try (NDManager manager = Torch.newManager()) {
      Torch.seed(1);
      VisitEncoder encoder = new VisitEncoder(2, 64, 4, 128, NO_DROPOUT);
      encoder.initialize(manager, DataType.FLOAT32, new Shape(1, 1, 64), new Shape(1, 1));
      for (int length : new int[] {8, 24}) {
        NDArray x = manager.randomNormal(new Shape(96, length, 64));
        NDArray mask = manager.ones(new Shape(96, length));
        float[] expected = forward(encoder, manager, new NDList(x, mask)).get(0).toFloatArray();
        for (int sets = 1; sets < 40; sets++) {
          NDList some = new NDList(x.get(":" + sets), mask.get(":" + sets));
          assertThat(forward(encoder, manager, some).get(0).toFloatArray()).isEqualTo(expected);
        }
      }
    }
  }

  private static NDList many(NDList few) {
    NDList sets = new NDList(Collections.nCopies(8, few.get(0)));
    NDList masks = new NDList(Collections.nCopies(8, few.get(1)));
    return new NDList(NDArrays.concat(sets), NDArrays.concat(masks));
  }

  @Test
  void orderOfTheOtherTokensDoesNotMatter() throws IOException {
    Golden golden = Golden.read("visit-encoder.json");
    try (NDManager manager = Torch.newManager()) {
      NDArray x = golden.array(manager, "input").get("0:1"); // four tokens, no padding
      NDArray turned = x.get(":, 0:1").concat(x.get(":, 1:").flip(1), 1);
      NDArray mask = manager.ones(x.getShape().slice(0, 2));
      VisitEncoder encoder = bothLayers(golden, manager, new NDList(x, mask), NO_DROPOUT);

      assertThat(forward(encoder, manager, new NDList(turned, mask)).toFloatArray())
          .containsExactly(
              forward(encoder, manager, new NDList(x, mask)).toFloatArray(), within(1e-5f));
    }
  }

  @Test
  void dropoutActsInTrainingOnly() throws IOException {
    Golden golden = Golden.read("visit-encoder.json");
    try (NDManager manager = Torch.newManager()) {
      NDList inputs = inputs(golden, manager);
      VisitEncoder encoder = bothLayers(golden, manager, inputs, 0.4f);

      golden.assertEquals(forward(encoder, manager, inputs).toFloatArray(), "expectedOfBothLayers");
      ParameterStore store = new ParameterStore(manager, false);
      assertThat(encoder.forward(store, inputs, true).singletonOrThrow().toFloatArray())
          .isNotEqualTo(forward(encoder, manager, inputs).toFloatArray());
    }
  }

  @Test
  void gradientsAgreeWithDifferences() throws IOException {
    Golden golden = Golden.read("visit-encoder.json");
    try (NDManager manager = Torch.newManager()) {
      NDList inputs = inputs(golden, manager);
      EncoderLayer layer = firstLayer(golden, manager, inputs);
      NDArray tokens = inputs.get(1).expandDims(2);
      Gradients.assertAgreeWithDifferences(
          manager,
          Golden.parameters(layer),
          store -> new NDList(layer.forward(store, inputs, true).singletonOrThrow().mul(tokens)));
    }
  }

  @Test
  void gradientsReachTheInputThroughTheFirstToken() throws IOException {
    Golden golden = Golden.read("visit-encoder.json");
    try (NDManager manager = Torch.newManager()) {
      NDList inputs = inputs(golden, manager);
      VisitEncoder encoder = bothLayers(golden, manager, inputs, NO_DROPOUT);
      Gradients.assertAgreeWithDifferences(
          manager, Golden.parameters(encoder), store -> encoder.forward(store, inputs, true));
    }
  }

  @Test
  void sizeMustBeAMultipleOfTheHeads() {
    assertThatThrownBy(() -> new EncoderLayer(8, 3, 12, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("multiple");
  }

  private static NDList inputs(Golden golden, NDManager manager) {
    return new NDList(golden.array(manager, "input"), golden.array(manager, "mask"));
  }

  private static NDArray forward(Block block, NDManager manager, NDList inputs) {
    return block.forward(new ParameterStore(manager, false), inputs, false).singletonOrThrow();
  }

  private static VisitEncoder bothLayers(
      Golden golden, NDManager manager, NDList inputs, float dropout) {
    int size = (int) inputs.get(0).getShape().get(2);
    VisitEncoder encoder =
        new VisitEncoder(2, size, golden.integer("heads"), golden.integer("feedForward"), dropout);
    encoder.initialize(manager, DataType.FLOAT32, inputs.getShapes());
    golden.setWeights(Golden.parameters(encoder));
    return encoder;
  }

  private static EncoderLayer firstLayer(Golden golden, NDManager manager, NDList inputs) {
    int size = (int) inputs.get(0).getShape().get(2);
    EncoderLayer layer =
        new EncoderLayer(
            size, golden.integer("heads"), golden.integer("feedForward"), NO_DROPOUT, NO_DROPOUT);
    layer.initialize(manager, DataType.FLOAT32, inputs.getShapes());
    Map<String, Parameter> both =
        Golden.parameters(bothLayers(golden, manager, inputs, NO_DROPOUT));
    Map<String, Parameter> own = new TreeMap<>(Golden.parameters(layer));
    own.forEach(
        (name, p) ->
            p.getArray()
                .set(
                    java.util.Objects.requireNonNull(both.get("layer0." + name))
                        .getArray()
                        .toFloatArray()));
    return layer;
  }
}
