package org.medcue.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.medcue.model.learning.Calibration;

class CalibrationCurveTest {

  private final LogitHistogram pairs = new LogitHistogram();

  private void add(double probability, int ordered, int of) {
    for (int i = 0; i < of; i++) {
      pairs.add((float) probability, i < ordered);
    }
  }

  @Test
  void errorAndBinsByHand() {
    add(0.9, 6, 10);
    add(0.1, 1, 5);
    add(0.12, 0, 5);
    add(0.005, 0, 1000); // below what is counted

    CalibrationCurve curve = CalibrationCurve.of(pairs, Calibration.none());

    // |9 - 6| + |0.5 + 0.6 - 1| over 20 pairs; 0.1 and 0.12 share the second fifteenth
    assertThat(curve.ece()).isCloseTo((3 + 0.1) / 20, within(1e-6));
    assertThat(curve.bins()).hasSize(2);
    CalibrationCurve.Bin low = curve.bins().get(0);
    assertThat(low.from()).isCloseTo(1 / 15.0, within(1e-12));
    assertThat(low.to()).isCloseTo(2 / 15.0, within(1e-12));
    assertThat(low.meanProbability()).isCloseTo(0.11, within(1e-6));
    assertThat(low.observedShare()).isCloseTo(0.1, within(1e-12));
    assertThat(low.count()).isEqualTo(10);
    double squares = 6 * 0.01 + 4 * 0.81 + 0.81 + 4 * 0.01 + 5 * 0.0144 + 1000 * 0.000025;
    assertThat(curve.brier()).isCloseTo(squares / 1020, within(1e-6));
  }

  @Test
  void probabilityOfOneIsInTheLastBin() {
    add(1, 1, 1);

    assertThat(CalibrationCurve.of(pairs, Calibration.none()).bins().get(0).to()).isEqualTo(1);
  }

  @Test
  void temperatureOfATooSureSystemIsFound() {
    // It says 0.95 and 0.05, logits ±2.944; 3 of 4 come true, logit 1.0986
    add(0.95, 75, 100);
    add(0.05, 25, 100);

    Calibration fitted = pairs.fit();

    assertThat(fitted.temperature()).isCloseTo(Math.log(19) / Math.log(3), within(1e-3));
    assertThat(CalibrationCurve.of(pairs, Calibration.none()).ece()).isCloseTo(0.2, within(1e-6));
    assertThat(CalibrationCurve.of(pairs, fitted).ece()).isCloseTo(0, within(1e-3));
  }

  @Test
  void systemThatIsRightIsLeftAlone() {
    add(0.75, 75, 100);
    add(0.25, 25, 100);

    assertThat(pairs.fit().temperature()).isCloseTo(1, within(1e-3));
  }

  @Test
  void systemWithoutProbabilitiesGetsAFiniteTemperature() {
    add(1, 50, 100);
    add(0, 0, 100);

    assertThat(pairs.fit().temperature()).isBetween(1.0, 20.0);
  }

  @Test
  void isotonicFitPoolsWhatDoesNotRise() {
    add(0.1, 1, 10);
    add(0.5, 6, 10); // more than at 0.6: pooled to 10 of 20
    add(0.6, 4, 10);
    add(0.9, 10, 10);

    IsotonicFit fit = IsotonicFit.of(pairs);

    assertThat(fit.apply(Calibration.logit(0.1))).isEqualTo(0.1);
    assertThat(fit.apply(Calibration.logit(0.5))).isEqualTo(0.5);
    assertThat(fit.apply(Calibration.logit(0.55))).isEqualTo(0.5);
    assertThat(fit.apply(Calibration.logit(0.6))).isEqualTo(0.5);
    assertThat(fit.apply(Calibration.logit(0.9))).isEqualTo(1);
    assertThat(fit.apply(-30)).isEqualTo(0.1);
    assertThat(CalibrationCurve.of(pairs, fit).ece()).isCloseTo(0, within(1e-12));
  }

  @Test
  void withoutPairsThereIsNothingToFit() {
    assertThat(pairs.fit()).isEqualTo(Calibration.none());
    assertThat(CalibrationCurve.of(pairs, Calibration.none()))
        .isEqualTo(new CalibrationCurve(0, 0, List.of()));
  }
}
