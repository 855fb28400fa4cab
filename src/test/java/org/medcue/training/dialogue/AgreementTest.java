package org.medcue.training.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.medcue.training.TrainingException;

class AgreementTest {

  private static final Offset<Double> EXACTLY = within(1e-12);

  private static LabelledDialogue said(String text, String disease, String... drugs) {
    return Talk.labelled("talks:1", Talk.dialogue("P" + text), disease, drugs);
  }

  @Test
  void kappaByHand() {
    Agreement agreement =
        Agreement.between(
            List.of(said("甲", "胃炎", "奥美拉唑"), said("乙", "胃炎", "奥美拉唑"), said("丙", "肺炎")),
            List.of(said("甲", "胃炎", "奥美拉唑"), said("乙", "肺炎", "莫沙必利"), said("丙", "肺炎")));

    assertThat(agreement.dialogues()).isEqualTo(3);
    // Two drugs in three dialogues: yes by each 2 of 6; alike in 4. Chance: (2 * 2 + 4 * 4) / 36
    assertThat(agreement.drugs().decisions()).isEqualTo(6);
    assertThat(agreement.drugs().agreed()).isCloseTo(4 / 6.0, EXACTLY);
    assertThat(agreement.drugs().kappa())
        .isCloseTo((4 / 6.0 - 20 / 36.0) / (1 - 20 / 36.0), EXACTLY);
    // Alike in 2 of 3. Chance: gastritis 2 * 1, pneumonia 1 * 2, of 9
    assertThat(agreement.disease().kappa()).isCloseTo((2 / 3.0 - 4 / 9.0) / (5 / 9.0), EXACTLY);
    assertThat(agreement.byDisease()).containsOnlyKeys("胃炎", "肺炎");
    assertThat(agreement.byDisease().get("胃炎")).isEqualTo(agreement.disease());
  }

  @Test
  void whereTheyDifferIsToldByTheFirstFilesLines() {
    Agreement agreement =
        Agreement.between(
            List.of(
                Talk.labelled("a:1", Talk.dialogue("P甲"), "胃炎", "奥美拉唑", "莫沙必利"),
                Talk.labelled("a:2", Talk.dialogue("P乙"), "胃炎", "奥美拉唑"),
                Talk.labelled("a:4", Talk.dialogue("P丙"), "胃炎")),
            List.of(
                Talk.labelled("b:1", Talk.dialogue("P甲"), "胃炎", "莫沙必利", "奥美拉唑"),
                Talk.labelled("b:2", Talk.dialogue("P乙"), "胃炎"),
                Talk.labelled("b:3", Talk.dialogue("P丙"), "肺炎")));

    assertThat(agreement.otherDrugs()).containsExactly("a:2");
    assertThat(agreement.otherDisease()).containsExactly("a:4");
  }

  @Test
  void fullAgreementIsOne() {
    List<LabelledDialogue> dialogues = List.of(said("甲", "胃炎", "奥美拉唑"), said("乙", "肺炎", "阿莫西林"));

    Agreement agreement = Agreement.between(dialogues, dialogues);

    assertThat(agreement.drugs().kappa()).isEqualTo(1);
    assertThat(agreement.disease().kappa()).isEqualTo(1);
  }

  @Test
  void oneChoiceAloneCannotBeToldFromChance() {
    List<LabelledDialogue> dialogues = List.of(said("甲", "胃炎"), said("乙", "胃炎"));

    Agreement agreement = Agreement.between(dialogues, dialogues);

    assertThat(agreement.disease()).isEqualTo(new Kappa(2, 1, null));
    assertThat(agreement.drugs().kappa()).isNull();
  }

  @Test
  void marksMayDiffer() {
    assertThat(
            Agreement.between(List.of(said("吃[MASK]和可乐", "胃炎")), List.of(said("吃黄连素和[MASK]", "胃炎")))
                .dialogues())
        .isEqualTo(1);
  }

  @Test
  void otherDialoguesAreRefused() {
    List<LabelledDialogue> one = List.of(said("机密甲", "胃炎"));

    assertThatThrownBy(() -> Agreement.between(one, List.of(said("机密乙", "胃炎"))))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("talks:1")
        .hasMessageNotContaining("机密");
    assertThatThrownBy(() -> Agreement.between(one, List.of()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("1 and 0 dialogues");
  }
}
