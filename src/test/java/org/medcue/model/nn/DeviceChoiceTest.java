package org.medcue.model.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.model.ModelException;

/** No GPU is needed: how many the engine sees is told. */
class DeviceChoiceTest {

  private static final String ENGINE = "PyTorch 2.7.1";

  @ParameterizedTest
  @CsvSource({
    "auto, 0, cpu",
    "auto, 1, gpu:0",
    "auto, 2, gpu:0",
    "cpu, 0, cpu",
    "cpu, 2, cpu",
    "gpu, 1, gpu:0",
    "gpu:0, 1, gpu:0",
    "GPU:1, 2, gpu:1",
    " Auto , 0, cpu",
  })
  void settingComesToADevice(String setting, int gpus, String device) {
    OptionalInt gpu = DeviceChoice.of(setting).gpu(gpus, ENGINE);

    assertThat(gpu.isPresent() ? "gpu:" + gpu.getAsInt() : "cpu").isEqualTo(device);
  }

  @ParameterizedTest
  @CsvSource({"gpu, 0, no GPU", "gpu:0, 0, no GPU", "gpu:1, 1, no gpu:1", "gpu:7, 2, gpu:1"})
  void gpuThatIsNotThereIsRefusedInOneLine(String setting, int gpus, String why) {
    assertThatThrownBy(() -> DeviceChoice.of(setting).gpu(gpus, ENGINE))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll(why, ENGINE)
        .hasMessageNotContainingAny("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cuda", "gpu:", "gpu:-1", "gpu:x", "gpu:1234", "cpu:0", "gpu 0"})
  void whatNamesNoDeviceIsRefused(String setting) {
    assertThatThrownBy(() -> DeviceChoice.of(setting))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("give auto, cpu, gpu");
  }

  @Test
  void choiceIsNamedAsItIsSet() {
    assertThat(DeviceChoice.of("gpu").toString()).isEqualTo("gpu:0");
    assertThat(DeviceChoice.AUTO.toString()).isEqualTo("auto");
    assertThat(Torch.device(DeviceChoice.CPU)).isEqualTo("cpu");
  }
}
