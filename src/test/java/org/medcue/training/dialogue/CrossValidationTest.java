package org.medcue.training.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrossValidationTest {

  private static final CrossValidation FOLDS = new CrossValidation(7);
  private static final List<LabelledDialogue> DIALOGUES =
      IntStream.range(0, 1000).mapToObj(i -> Talk.withDrugs("talks:" + i, i % 70)).toList();

  @Test
  void everyDialogueIsScoredOnceAndNeverWhereItIsLearnedFrom() {
    List<LabelledDialogue> scored = new ArrayList<>();
    for (CrossValidation.Fold fold : FOLDS.folds(DIALOGUES)) {
      List<LabelledDialogue> all = new ArrayList<>(fold.training());
      all.addAll(fold.scored());
      assertThat(all).containsExactlyInAnyOrderElementsOf(DIALOGUES);
      scored.addAll(fold.scored());
    }
    assertThat(scored).containsExactlyInAnyOrderElementsOf(DIALOGUES);
  }

  @Test
  void eachScoresAboutAFifth() {
    for (CrossValidation.Fold fold : FOLDS.folds(DIALOGUES)) {
      assertThat(fold.scored().size()).isBetween(150, 250);
    }
  }

  @Test
  void foldDependsOnSeedAndIdentifierAlone() {
    List<LabelledDialogue> others = new ArrayList<>(DIALOGUES.subList(100, 500));
    Collections.shuffle(others, new Random(1));

    CrossValidation.Fold whole = FOLDS.folds(DIALOGUES).get(2);
    CrossValidation.Fold part = FOLDS.folds(others).get(2);

    assertThat(whole.scored()).containsAll(part.scored());
    assertThat(new CrossValidation(8).folds(DIALOGUES).get(2).scored())
        .isNotEqualTo(whole.scored());
  }
}
