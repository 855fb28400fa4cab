package org.medcue.model.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.model.ModelException;

class CalibrationTest {

  @Test
  void logitIsDividedByTheTemperature() {
    // Odds of 16 become odds of 4
    Calibration half = new Calibration(2);

    assertThat(half.apply((float) Math.log(16))).isCloseTo(0.8f, within(1e-6f));
    assertThat(half.ofProbability(16 / 17f)).isCloseTo(0.8f, within(1e-6f));
    assertThat(half.ofProbability(0.5f)).isEqualTo(0.5f);
  }

  @Test
  void noneLeavesEveryBit() {
    for (float probability : new float[] {0, 1e-30f, 0.3f, 0.7f, 1}) {
      assertThat(Calibration.none().ofProbability(probability)).isEqualTo(probability);
    }
  }

  @Test
  void certaintyStaysFinite() {
    Calibration hot = new Calibration(2);

    assertThat(hot.ofProbability(1)).isBetween(0.999f, 1f);
    assertThat(hot.ofProbability(0)).isBetween(0f, 0.001f);
  }

  @Test
  void orderIsKept() {
    Calibration calibration = new Calibration(1.7);
    float before = -1;
    for (float p = 0; p <= 1; p += 0.01f) {
      float now = calibration.ofProbability(p);
      assertThat(now).isGreaterThan(before);
      before = now;
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void temperatureThatIsNoneIsRefused(double temperature) {
    assertThatThrownBy(() -> new Calibration(temperature))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("temperature");
  }

  @Test
  void jsonIsOneNumber() throws JsonProcessingException {
    JsonMapper json = JsonMapper.builder().build();

    assertThat(json.writeValueAsString(new Calibration(1.5))).isEqualTo("{\"temperature\":1.5}");
    assertThat(json.readValue("{\"temperature\":1.5}", Calibration.class))
        .isEqualTo(new Calibration(1.5));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void scoreThatIsNoNumberIsNoProbability(float logit) {
    assertThatThrownBy(() -> Calibration.none().apply(logit))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(String.valueOf(logit));
  }
}
