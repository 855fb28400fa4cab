package org.medcue.model.ddn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.medcue.model.nn.Golden;
import org.medcue.model.nn.Gradients;
import org.medcue.model.nn.Torch;

/** Golden vectors and gradients of the blocks that the paper's equations define. */
class DdnBlocksTest {

  @Test
  void utterancesMixThoseThatTheyShareAnEdgeWith() throws IOException {
    Golden golden = Golden.read("dialogue-graph-attention.json");
    try (NDManager manager = Torch.newManager()) {
      assertGolden(golden, manager, new DialogueGraphAttention(3, 2), utterances(golden, manager));
    }
  }

  @Test
  void gradientsOfTheDialogueGraphAgreeWithDifferences() throws IOException {
    Golden golden = Golden.read("dialogue-graph-attention.json");
    try (NDManager manager = Torch.newManager()) {
      assertGradients(
          golden, manager, new DialogueGraphAttention(3, 2), utterances(golden, manager));
    }
  }

  @Test
  void diseaseMixesItsNeighboursInTheLightOfTheDialogue() throws IOException {
    Golden golden = Golden.read("disease-encoder.json");
    try (NDManager manager = Torch.newManager()) {
      assertGolden(golden, manager, diseaseEncoder(), diseases(golden, manager));
    }
  }

  @Test
  void gradientsOfTheDiseaseEncoderAgreeWithDifferences() throws IOException {
    Golden golden = Golden.read("disease-encoder.json");
    try (NDManager manager = Torch.newManager()) {
      assertGradients(golden, manager, diseaseEncoder(), diseases(golden, manager));
    }
  }

  private static NDList utterances(Golden golden, NDManager manager) {
    return new NDList(golden.array(manager, "utterances"), golden.array(manager, "edges"));
  }

  private static DiseaseEncoder diseaseEncoder() {
    return new DiseaseEncoder(new DiseaseEncoder.Sizes(5, 3, 3, 2, 4, 2));
  }

  private static NDList diseases(Golden golden, NDManager manager) {
    return new NDList(
        numbers(golden, manager, "diseases"),
        numbers(golden, manager, "neighbours"),
        numbers(golden, manager, "relationNumbers"),
        golden.array(manager, "mask"),
        golden.array(manager, "dialogues"));
  }

  private static NDArray numbers(Golden golden, NDManager manager, String field) {
    return golden.array(manager, field).toType(DataType.INT64, false);
  }

  private static void assertGolden(
      Golden golden, NDManager manager, AbstractBlock block, NDList inputs) {
    block.initialize(manager, DataType.FLOAT32, inputs.getShapes());
    golden.setWeights(Golden.parameters(block));

    NDArray output =
        block.forward(new ParameterStore(manager, false), inputs, false).singletonOrThrow();

    golden.assertEquals(output.toFloatArray(), "expected");
  }

  private static void assertGradients(
      Golden golden, NDManager manager, AbstractBlock block, NDList inputs) {
    block.initialize(manager, DataType.FLOAT32, inputs.getShapes());
    golden.setWeights(Golden.parameters(block));
    Gradients.assertAgreeWithDifferences(
        manager, Golden.parameters(block), store -> block.forward(store, inputs, true));
  }
}
