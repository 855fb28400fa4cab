package org.medcue.model.ddn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.medcue.knowledge.DiseaseGraph.Triple;
import org.medcue.model.learning.TrainingPhase.Schedule;

class TransRTest {

  /** 40 things of four kinds; each kind has its colour, its sound and its place. */
  private static final int THINGS = 40;

  private static final int KINDS = 4;
  private static final int RELATIONS = 3;
  private static final int ENTITIES = THINGS + KINDS * RELATIONS;

  @Test
  void factsThatFollowFromOthersAreFound() {
    List<Triple> all = new ArrayList<>();
    for (int thing = 0; thing < THINGS; thing++) {
      for (int relation = 0; relation < RELATIONS; relation++) {
        all.add(new Triple(thing, relation, THINGS + relation * KINDS + thing % KINDS));
      }
    }
    List<Triple> heldOut = all.stream().filter(t -> t.relation() == 2 && t.head() >= 30).toList();
    List<Triple> learned = all.stream().filter(t -> !heldOut.contains(t)).toList();
    try (TransR model = new TransR(ENTITIES, RELATIONS, 16, 3);
        TransRTraining training =
            new TransRTraining(model, learned, all, ENTITIES, new Schedule(150, 16, 0.01f, 0, 3))) {
      LinkPrediction judge = new LinkPrediction(model, all, ENTITIES);
      double before = judge.hits(heldOut, 1);
      double first = training.epoch(1, (done, loss) -> {});
      double last = first;
      for (int epoch = 2; epoch <= 150; epoch++) {
        last = training.epoch(epoch, (done, loss) -> {});
      }

      assertThat(last).isLessThan(first / 3);
      assertThat(judge.hits(heldOut, 1)).isGreaterThan(before + 0.5);
      assertThat(judge.hits(heldOut, ENTITIES)).isEqualTo(1);
    }
  }
}
