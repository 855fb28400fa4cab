package org.medcue.model.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class GraphAttentionTest {

  @Test
  void eachNodeMixesItselfAndItsAncestorsByAttention() throws IOException {
    Golden golden = Golden.read("graph-attention.json");
    try (NDManager manager = Torch.newManager()) {
      NDList inputs = inputs(golden, manager);
      GraphAttention block = block(golden, manager, inputs);

      NDArray output =
          block.forward(new ParameterStore(manager, false), inputs, false).singletonOrThrow();

      golden.assertEquals(output.toFloatArray(), "expected");
    }
  }

  @Test
  void gradientsAgreeWithDifferences() throws IOException {
    Golden golden = Golden.read("graph-attention.json");
    try (NDManager manager = Torch.newManager()) {
      NDList inputs = inputs(golden, manager);
      GraphAttention block = block(golden, manager, inputs);
      Gradients.assertAgreeWithDifferences(
          manager, Golden.parameters(block), store -> block.forward(store, inputs, true));
    }
  }

  private static NDList inputs(Golden golden, NDManager manager) {
    return new NDList(
        golden.array(manager, "paths").toType(DataType.INT64, false),
        golden.array(manager, "mask"));
  }

  private static GraphAttention block(Golden golden, NDManager manager, NDList inputs) {
    NDArray nodes = Golden.array(manager, golden.get("weights").required("nodes"));
    GraphAttention block =
        new GraphAttention(
            (int) nodes.getShape().get(0),
            (int) nodes.getShape().get(1),
            golden.integer("heads"),
            golden.integer("headSize"));
    block.initialize(manager, DataType.FLOAT32, inputs.getShapes());
    golden.setWeights(Golden.parameters(block));
    return block;
  }
}
