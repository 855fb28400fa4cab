package org.medcue.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.medcue.model.learning.Calibration;

class ScoredVisitTest {

  private static final int OUTSIDE = 7;

  @Test
  void copyingCountsDrugsOutsideTheLabelSpace() {
    ScoredVisit copying =
        ScoredVisit.of(
                1,
                1,
                VisitSubject.UNKNOWN,
                new float[] {1, 0},
                new int[] {0, OUTSIDE},
                new int[] {0, OUTSIDE})
            .copying();

    VisitScore score = copying.score(0.5, Calibration.none());

    assertThat(score.hits()).isEqualTo(2);
    assertThat(score.averagePrecision()).isNaN();
  }
}
