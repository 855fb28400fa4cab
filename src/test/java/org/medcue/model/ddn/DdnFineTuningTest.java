package org.medcue.model.ddn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.medcue.model.learning.Pace;

class DdnFineTuningTest {

  @Test
  void lowerLayersMoveSlowerWhateverTheirNumber() {
    assertThat(DdnFineTuning.pace(2, 2))
        .isEqualTo(
            new Pace(
                Map.of("layer3.", 0.2, "layer2.", 0.16, "speakers", 0.2, "diseaseBias", 10.0), 1));
    assertThat(DdnFineTuning.pace(9, 3).factors())
        .containsEntry("layer11.", 0.2)
        .containsEntry("layer10.", 0.16)
        .containsEntry("layer9.", 0.128);
  }
}
