package org.medcue.training.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.medcue.model.learning.Calibration;

/** Results by number of earlier visits, of all and of those with drugs, by age and by sex. */
final class Strata {

  static final String UNKNOWN = "unknown";

  /** Lowest number of earlier visits, or lowest age, of each group but the first. */
  private static final int[] EARLIER_VISITS = {2, 5};

  private static final int[] AGES = {18, 40, 65, 80};

  private final List<ScoredVisits> patients;
  private final double threshold;
  private final Calibration calibration;

  Strata(List<ScoredVisits> patients, double threshold, Calibration calibration) {
    this.patients = patients;
    this.threshold = threshold;
    this.calibration = calibration;
  }

  /** The groups that hold a visit, by attribute. */
  Map<String, List<Stratum>> all() {
    Map<String, List<Stratum>> all = new LinkedHashMap<>();
    all.put("earlierVisits", by(visit -> earlierVisits(visit.earlierVisits())));
    all.put("earlierVisitsWithDrugs", by(visit -> earlierVisits(visit.earlierWithDrugs())));
    all.put("ageBand", by(visit -> ageBand(visit.subject().age())));
    all.put("sex", by(visit -> sex(visit.subject())));
    return all;
  }

  /** A patient's first scored visit has one earlier visit at least. */
  static String earlierVisits(int count) {
    return band(count, 1, EARLIER_VISITS);
  }

  static String ageBand(OptionalInt age) {
    return age.isPresent() ? band(age.getAsInt(), 0, AGES) : UNKNOWN;
  }

  private static String sex(VisitSubject subject) {
    return subject.sex().map(sex -> sex.toLowerCase(Locale.ROOT)).orElse(UNKNOWN);
  }

  private static String band(int value, int lowest, int[] starts) {
    int from = lowest;
    for (int start : starts) {
      if (value < start) {
        return from == start - 1 ? String.valueOf(from) : from + "-" + (start - 1);
      }
      from = start;
    }
    return from + "+";
  }

  private List<Stratum> by(Function<ScoredVisit, String> group) {
    return withSecondHidden(groups(group));
  }

  /** What one hidden group lacks would follow from the others. */
  static List<Stratum> withSecondHidden(List<Stratum> groups) {
    List<Stratum> shown = groups.stream().filter(stratum -> stratum.scores() != null).toList();
    if (groups.size() - shown.size() != 1 || shown.isEmpty()) {
      return groups;
    }
    Stratum smallest =
        Collections.min(
            shown, Comparator.comparingInt(stratum -> Objects.requireNonNull(stratum.visits())));
    return groups.stream()
        .map(stratum -> stratum.equals(smallest) ? Stratum.hidden(stratum.name()) : stratum)
        .toList();
  }

  private List<Stratum> groups(Function<ScoredVisit, String> group) {
    return patients.stream()
        .flatMap(patient -> patient.visits().stream())
        .map(group)
        .distinct()
        .sorted(Comparator.comparingInt(Strata::rank).thenComparing(name -> name))
        .map(name -> stratum(name, visit -> group.apply(visit).equals(name)))
        .toList();
  }

  /** Bands by their lowest number, words by alphabet, unknown last. */
  private static int rank(String name) {
    if (name.equals(UNKNOWN)) {
      return Integer.MAX_VALUE;
    }
    String digits = Stream.of(name.split("[^0-9]")).findFirst().orElse("");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  private Stratum stratum(String name, Predicate<ScoredVisit> within) {
    Scores all = new Scores();
    Scores copied = new Scores();
    List<Scores> byPatient = new ArrayList<>();
    for (ScoredVisits patient : patients) {
      Scores here = new Scores();
      for (ScoredVisit visit : patient.visits()) {
        if (within.test(visit)) {
          VisitScore score = visit.score(threshold, calibration);
          all.add(score);
          here.add(score);
          copied.add(visit.copyScore());
        }
      }
      if (here.visits() > 0) {
        byPatient.add(here);
      }
    }
    Bootstrap.Interval interval = jaccard(byPatient);
    return Stratum.of(
        name,
        byPatient.size(),
        all.visits(),
        new Stratum.GroupScores(
            all.sample(),
            interval.low(),
            interval.high(),
            all.meanPredicted(),
            all.meanPrescribed(),
            copied.sample().jaccard()));
  }

  private static Bootstrap.Interval jaccard(List<Scores> patients) {
    return Bootstrap.mean(
        patients.stream().mapToDouble(p -> p.sample().jaccard() * p.visits()).toArray(),
        patients.stream().mapToInt(Scores::visits).toArray());
  }
}
