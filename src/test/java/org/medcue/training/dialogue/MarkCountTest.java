package org.medcue.training.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.medcue.clinical.Dialogue;

class MarkCountTest {

  private static final float[] PROBABILITIES = {0.5f, 0.2f, 0.1f, 0.02f};

  @Test
  void probabilitiesSumToTheMarksAndKeepTheirOrder() {
    for (int marks = 1; marks <= 3; marks++) {
      float[] counted = MarkCount.applied(PROBABILITIES, marks);

      assertThat(counted[0] + counted[1] + counted[2] + counted[3]).isCloseTo(marks, within(1e-4f));
      assertThat(counted[0]).isGreaterThan(counted[1]);
      assertThat(counted[1]).isGreaterThan(counted[2]);
      assertThat(counted[2]).isGreaterThan(counted[3]);
    }
  }

  @Test
  void certainDrugsStayCertain() {
    float[] counted = MarkCount.applied(new float[] {1, 0, 0.3f, 0.3f}, 2);

    assertThat(counted).containsExactly(new float[] {1, 0, 0.5f, 0.5f}, within(1e-4f));
  }

  @Test
  void noMarksOrTooManyChangeNothing() {
    assertThat(MarkCount.applied(PROBABILITIES, 0)).isSameAs(PROBABILITIES);
    assertThat(MarkCount.applied(PROBABILITIES, 4)).isSameAs(PROBABILITIES);
  }

  @Test
  void aMarkWithoutItsBracketCountsWhereThereIsNoOther() {
    assertThat(Marks.count(Talk.dialogue("D吃[MASK和[MASK]", "D[mask]"))).isEqualTo(2);
    assertThat(Marks.count(Talk.dialogue("P疼", "D吃[MASK"))).isEqualTo(1);
  }

  @Test
  void onlyThePaperProtocolCounts() {
    Dialogue marked = Talk.dialogue("P咳嗽", "D吃[MASK]和[mask]");

    assertThat(Protocol.CLINICAL.judged(marked, PROBABILITIES)).isSameAs(PROBABILITIES);
    assertThat(Protocol.PAPER.judged(marked, PROBABILITIES))
        .containsExactly(MarkCount.applied(PROBABILITIES, 2));
  }
}
