package org.medcue.model.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.medcue.model.ModelException;

/** Devices on a machine without a GPU. */
class TorchTest {

  @BeforeEach
  void withoutGpu() {
    assumeThat(Engine.getInstance().getGpuCount()).isZero();
  }

  @Test
  void gpuWhereThereIsNoneIsRefusedInOneLine() {
    assertThatThrownBy(() -> Torch.newManager(DeviceChoice.GPU))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll("no GPU", Torch.version(), "use the CPU")
        .hasMessageNotContainingAny("\n");
  }

  @Test
  void autoIsTheCpuThen() {
    try (NDManager manager = Torch.newManager(DeviceChoice.AUTO)) {
      assertThat(manager.getDevice()).isEqualTo(Device.cpu());
    }
  }
}
