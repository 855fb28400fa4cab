package org.medcue.model.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.Visit;
import org.medcue.model.mrkpa.SmallCohort;
import org.medcue.model.visits.VisitModel;

class BaselineTrainingTest {

  private enum Brings {
    PRESENT_DIAGNOSIS,
    DRUG_OF_LAST_VISIT,
    REASON_AMONG_TWO
  }

  /** Two drugs of which one is ordered: guessing costs 2 · ln 2 = 1.39 a visit. */
  @ParameterizedTest
  @EnumSource
  void learnsWhichDiagnosisBringsWhichDrug(Baseline baseline) {
    assertThat(lossWhere(Brings.PRESENT_DIAGNOSIS, baseline)).isLessThan(0.3);
  }

  /** One visit in four is a first one, at which nobody can know the drug. */
  @ParameterizedTest
  @EnumSource
  void learnsToRepeatTheLastDrug(Baseline baseline) {
    assertThat(lossWhere(Brings.DRUG_OF_LAST_VISIT, baseline)).isLessThan(1.39 / 4 + 0.3);
  }

  /** Both diagnoses are always there; which of them is the reason decides. */
  @ParameterizedTest
  @EnumSource
  void learnsWhatTheReasonBrings(Baseline baseline) {
    assertThat(lossWhere(Brings.REASON_AMONG_TWO, baseline)).isLessThan(0.3);
  }

  @ParameterizedTest
  @EnumSource
  void everyParameterIsTrained(Baseline baseline) {
    try (VisitModel model = baseline.untrained(SmallCohort.vocabulary())) {
      Map<String, float[]> before = new HashMap<>();
      model.parameters().forEach((name, p) -> before.put(name, p.getArray().toFloatArray()));

      baseline.train(model, SmallCohort.patients(10, 4, 1), 1);

      model
          .parameters()
          .forEach(
              (name, p) ->
                  assertThat(p.getArray().toFloatArray()).as(name).isNotEqualTo(before.get(name)));
    }
  }

  private static double lossWhere(Brings rule, Baseline baseline) {
    try (VisitModel model = baseline.untrained(SmallCohort.vocabulary())) {
      return baseline.train(model, cohort(rule), 7);
    }
  }

  private static List<PatientRecord> cohort(Brings rule) {
    Random random = new Random(5);
    List<PatientRecord> cohort = new ArrayList<>();
    for (int p = 0; p < 48; p++) {
      List<Visit> visits = new ArrayList<>();
      boolean one = random.nextBoolean();
      for (int day = 0; day < 4; day++) {
        one = rule == Brings.DRUG_OF_LAST_VISIT ? one : random.nextBoolean();
        visits.add(visit(rule, day, one, random));
      }
      cohort.add(new PatientRecord("p" + p, visits));
    }
    return cohort;
  }

  private static Visit visit(Brings rule, int day, boolean one, Random random) {
    Set<String> recorded = new TreeSet<>();
    recorded.add(List.of("I10", "M54.5", "E78.5", "F32.9").get(random.nextInt(4)));
    Set<String> active = Set.of();
    if (rule == Brings.PRESENT_DIAGNOSIS && one) {
      recorded.add("N18.3");
    }
    if (rule == Brings.REASON_AMONG_TWO) {
      recorded = Set.of(one ? "N18.3" : "J20.9");
      active = Set.of(one ? "J20.9" : "N18.3");
    }
    return SmallCohort.visit(
        day, recorded, active, Set.of("R05.9"), Set.of(one ? "106892" : "105078"));
  }
}
