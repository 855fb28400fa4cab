package org.medcue.training.fitting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medcue.clinical.PatientRecord;
import org.medcue.model.mrkpa.Attack;
import org.medcue.model.mrkpa.MrKpaConfig;
import org.medcue.model.mrkpa.SmallCohort;
import org.medcue.model.nn.DeviceChoice;

/** The ingredients of the standard recipe are in the training, each until it is left out. */
class MrKpaFittingTest {

  private static final List<PatientRecord> PATIENTS = SmallCohort.patients(12, 3, 2);
  private static final MrKpaRecipe STANDARD =
      MrKpaRecipe.standard(1, 1, 1).withNetwork(new MrKpaConfig(8, 2, 1, 2, 8, 0.1f, true));

  /** In the run that the paper's public code commits, adversarial training is commented out. */
  @ParameterizedTest
  @EnumSource
  void leavingAnIngredientOutChangesTheWeights(Ingredient ingredient) {
    assertThat(weights(STANDARD.without(Set.of(ingredient)))).isNotEqualTo(weights(STANDARD));
  }

  @Test
  void standardRecipeAttacksTheTables() {
    Attack attack = MrKpaRecipe.standard(30, 30, 1).attack();
    assertThat(attack.target()).isEqualTo(Attack.Target.TABLES);
    assertThat(weights(STANDARD.withAttack(new Attack(Attack.Target.VISITS, attack.epsilon()))))
        .isNotEqualTo(weights(STANDARD));
  }

  @Test
  void sameRecipeGivesTheSameWeights() {
    assertThat(weights(STANDARD)).isEqualTo(weights(STANDARD));
  }

  private static Map<String, String> weights(MrKpaRecipe recipe) {
    MrKpaFitting.Patients patients = new MrKpaFitting.Patients(PATIENTS, PATIENTS, PATIENTS);
    MrKpaFitting fitting =
        new MrKpaFitting(SmallCohort.KNOWLEDGE, DeviceChoice.CPU, (what, done, total) -> {});
    Map<String, String> weights = new TreeMap<>();
    try (MrKpaFitting.Fitted fitted = fitting.fit(recipe, patients, null)) {
      fitted
          .model()
          .parameters()
          .forEach((name, p) -> weights.put(name, Arrays.toString(p.getArray().toFloatArray())));
    }
    return weights;
  }
}
