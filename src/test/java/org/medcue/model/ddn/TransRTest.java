package org.medcue.model.ddn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medcue.knowledge.DiseaseGraph.Triple;
import org.medcue.model.learning.TrainingPhase.Schedule;

class TransRTest {

  /** Things of four kinds; all of a kind have the same four colours and the same four sounds. */
  private static final int THINGS = 40;

  private static final int KINDS = 4;
  private static final int OF_A_KIND = 4;
  private static final int RELATIONS = 2;
  private static final int ENTITIES = THINGS + RELATIONS * KINDS * OF_A_KIND;

  private static int tail(int relation, int kind, int number) {
    return THINGS + (relation * KINDS + kind) * OF_A_KIND + number;
  }

  @Test
  void factsThatFollowFromOthersAreFound() {
    List<Triple> all = new ArrayList<>();
    List<Triple> heldOut = new ArrayList<>();
    for (int thing = 0; thing < THINGS; thing++) {
      for (int relation = 0; relation < RELATIONS; relation++) {
        for (int number = 0; number < OF_A_KIND; number++) {
          Triple fact = new Triple(thing, relation, tail(relation, thing % KINDS, number));
          all.add(fact);
          if (thing >= 30 && number == thing % OF_A_KIND) {
            heldOut.add(fact);
          }
        }
      }
    }
    List<Triple> learned = all.stream().filter(t -> !heldOut.contains(t)).toList();
    try (TransR model = new TransR(ENTITIES, RELATIONS, 16, 3);
        TransRTraining training =
            new TransRTraining(model, learned, ENTITIES, new Schedule(40, 16, 0.01f, 0, 3))) {
      LinkPrediction judge = new LinkPrediction(model, all, ENTITIES);
      double before = judge.hits(heldOut, 3);
      double first = training.epoch(1, (done, loss) -> {});
      double last = first;
      for (int epoch = 2; epoch <= 40; epoch++) {
        last = training.epoch(epoch, (done, loss) -> {});
      }

      assertThat(last).isLessThan(first / 3);
      // Of 72 entities; a held-out fact is drawn as a false one at times, so the first is too much
      assertThat(judge.hits(heldOut, 3)).isGreaterThan(before + 0.5);
      assertThat(judge.hits(heldOut, ENTITIES)).isEqualTo(1);
    }
  }
}
