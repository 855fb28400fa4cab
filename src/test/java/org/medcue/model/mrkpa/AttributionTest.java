package org.medcue.model.mrkpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.model.mrkpa.SmallCohort.KNOWLEDGE;
import static org.medcue.model.mrkpa.SmallCohort.visit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Explanation;
import org.medcue.clinical.Explanation.Weight;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.Visit;
import org.medcue.clinical.VisitSequence;
import org.medcue.model.learning.TrainingPhase;
import org.medcue.model.visits.FineTuning;

/**
 * Explanations of a cohort whose causes are known: a diagnosis brings one drug, another rules one
 * out, and one drug is mostly continued from visit to visit. Everything else is chance.
 */
class AttributionTest {

  private static final String BRINGS = "N18.3";
  private static final String RULES_OUT = "J20.9";
  private static final List<String> IRRELEVANT = List.of("I10", "M54.5", "E78.5", "F32.9");

  private static final String BROUGHT = "106892";
  private static final String RULED_OUT = "105585";
  private static final String CONTINUED = "314076";
  private static final String ALWAYS = "617318";

  /** What an unrelated part may weigh, as a share of the cause. */
  private static final double NEAR_ZERO = 0.25;

  private static final MrKpaModel MODEL = trained();
  private static final MrKpaPredictor PREDICTOR = new MrKpaPredictor(MODEL, KNOWLEDGE);

  @AfterAll
  static void close() {
    PREDICTOR.close();
    MODEL.close();
  }

  private static MrKpaModel trained() {
    Random random = new Random(5);
    List<PatientRecord> cohort = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      cohort.add(patient("p" + i, random));
    }
    MrKpaModel model = SmallCohort.untrained(1);
    TrainingPhase.Schedule schedule = new TrainingPhase.Schedule(30, 32, 1e-2f, 0.01f, 1);
    FineTuning tuning = new FineTuning(model, KNOWLEDGE, cohort, schedule);
    for (int epoch = 0; epoch < 30; epoch++) {
      tuning.epoch(epoch + 1, (done, loss) -> {});
    }
    return model;
  }

  private static PatientRecord patient(String id, Random random) {
    List<Visit> visits = new ArrayList<>();
    boolean continued = random.nextBoolean();
    for (int day = 0; day < 7; day++) {
      Set<String> diagnoses = new TreeSet<>();
      Set<String> drugs = new TreeSet<>(Set.of(ALWAYS));
      IRRELEVANT.stream().filter(d -> random.nextInt(3) == 0).forEach(diagnoses::add);
      if (random.nextInt(3) == 0) {
        diagnoses.add(BRINGS);
        drugs.add(BROUGHT);
      }
      if (random.nextInt(3) == 0) {
        diagnoses.add(RULES_OUT);
      } else {
        drugs.add(RULED_OUT);
      }
      continued ^= random.nextInt(6) == 0;
      if (continued) {
        drugs.add(CONTINUED);
      }
      visits.add(visit(day, diagnoses, Set.of("R05.9"), drugs));
    }
    return new PatientRecord(id, visits);
  }

  /** Six earlier visits, the continued drug in the last of them only. */
  private static Explanation explain(String drug, String... diagnoses) {
    List<Visit> history = new ArrayList<>();
    for (int day = 0; day < 6; day++) {
      Set<String> drugs = day == 5 ? Set.of(ALWAYS, CONTINUED) : Set.of(ALWAYS);
      history.add(visit(day, Set.of("I10", RULES_OUT), Set.of("R05.9"), drugs));
    }
    Visit present = visit(9, Set.of(diagnoses), Set.of("R05.9"), Set.of());
    return PREDICTOR
        .explain(new VisitSequence(history, present), List.of(new DrugCode(drug)))
        .get(0);
  }

  @Test
  void codeThatBringsTheDrugSpeaksForItMost() {
    Explanation explanation = explain(BROUGHT, BRINGS, "I10", "M54.5");

    double cause = explanation.codes().get(0).weight();
    assertThat(explanation.codes().get(0).of()).isEqualTo(BRINGS);
    assertThat(cause).isGreaterThan(2);
    assertNearZero(others(explanation.codes(), BRINGS), cause);
    assertNearZero(explanation.visits(), cause);
  }

  @Test
  void lastVisitSpeaksMostForADrugThatIsContinued() {
    Explanation explanation = explain(CONTINUED, "I10", "M54.5");

    double cause = explanation.visits().get(0).weight();
    assertThat(explanation.visits().get(0).of()).isEqualTo("visit-5");
    assertThat(cause).isGreaterThan(1);
    assertNearZero(others(explanation.visits(), "visit-5"), cause);
    assertNearZero(explanation.codes(), cause);
  }

  @Test
  void codeThatRulesTheDrugOutSpeaksAgainstIt() {
    Explanation explanation = explain(RULED_OUT, RULES_OUT, "I10", "M54.5");

    double cause = explanation.codes().get(0).weight();
    assertThat(explanation.codes().get(0).of()).isEqualTo(RULES_OUT);
    assertThat(cause).isLessThan(-2);
    assertNearZero(others(explanation.codes(), RULES_OUT), cause);
    assertNearZero(explanation.visits(), cause);
  }

  private static List<Weight> others(List<Weight> weights, String cause) {
    return weights.stream().filter(weight -> !weight.of().equals(cause)).toList();
  }

  private static void assertNearZero(List<Weight> weights, double cause) {
    assertThat(weights)
        .isNotEmpty()
        .isSortedAccordingTo(Comparator.comparingDouble(w -> -Math.abs(w.weight())))
        .allSatisfy(
            weight ->
                assertThat(Math.abs(weight.weight())).isLessThan(NEAR_ZERO * Math.abs(cause)));
  }
}
