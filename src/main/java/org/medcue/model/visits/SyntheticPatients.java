package org.medcue.model.visits;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.medcue.clinical.CodeRole;
import org.medcue.clinical.DiagnosisCode;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Symptom;
import org.medcue.clinical.Visit;
import org.medcue.clinical.VisitSequence;

/**
 * Patients made up of a model's own codes, the same for the same seed. Their codes change at every
 * visit, so that no two visits are the same work: the slowest case.
 */
public final class SyntheticPatients {

  private static final Instant FIRST = Instant.parse("2020-01-01T08:00:00Z");
  private static final int DIAGNOSES = 20;
  private static final int SYMPTOMS = 5;
  private static final int DRUGS = 3;

  private final List<String> diagnoses;
  private final List<String> symptoms;
  private final List<String> drugs;
  private final Random random;

  public SyntheticPatients(Vocabulary vocabulary, long seed) {
    diagnoses = vocabulary.diagnoses().leaves();
    symptoms = vocabulary.symptoms().leaves();
    drugs = vocabulary.drugs().leaves();
    random = new Random(seed);
  }

  /** A patient with some earlier visits, a week between each. */
  public VisitSequence next(int visits) {
    List<Visit> all = new ArrayList<>();
    for (int i = 0; i <= visits; i++) {
      all.add(
          Visit.of(
              "visit-" + i,
              FIRST.plus(Duration.ofDays(7L * i)),
              withRoles(some(diagnoses, DIAGNOSES, DiagnosisCode::new)),
              withRoles(some(symptoms, SYMPTOMS, Symptom::new)),
              new HashSet<>(some(drugs, i == visits ? 0 : DRUGS, DrugCode::new))));
    }
    return new VisitSequence(all.subList(0, visits), all.get(visits));
  }

  /** One reason, one code recorded in the visit, the others active problems. */
  private static <T> Map<T, CodeRole> withRoles(List<T> codes) {
    Map<T, CodeRole> roles = new TreeMap<>();
    for (int i = 0; i < codes.size(); i++) {
      roles.put(codes.get(i), CodeRole.values()[Math.min(i, CodeRole.ACTIVE.ordinal())]);
    }
    return roles;
  }

  private <T> List<T> some(List<String> codes, int count, Function<String, T> code) {
    List<String> shuffled = new ArrayList<>(codes);
    Collections.shuffle(shuffled, random);
    return shuffled.stream().limit(count).map(code).toList();
  }
}
