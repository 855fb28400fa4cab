package org.medcue.training.fitting;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.medcue.clinical.AdministrativeGender;
import org.medcue.clinical.Demographics;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.Visit;

/**
 * Who a version was trained on, for its card. A card travels, so counts of people from 1 to 9 are
 * stated as fewer than 10; where a single group is hidden, its size still follows from the rest.
 *
 * @param patients trained on
 * @param age completed years at the last visit; empty where known of fewer than 10 patients
 * @param withoutAge patients whose age is not known
 * @param minors patients under 18 at the last visit
 * @param sexes patients by sex as the chart states it; a sex without patients is absent
 * @param years first and last calendar year of a visit; empty without visits
 * @param visits of a patient; empty without patients
 */
public record CohortFigures(
    int patients,
    Optional<Quartiles> age,
    int withoutAge,
    int minors,
    Map<AdministrativeGender, Integer> sexes,
    Optional<Years> years,
    Optional<Quartiles> visits) {

  private static final int LEAST = 10;
  private static final int ADULT = 18;

  /** Quartiles rather than extremes, which would be single patients'. */
  public record Quartiles(int first, int median, int third) {

    /** By nearest rank; empty without values. */
    static Optional<Quartiles> of(Collection<Integer> values) {
      List<Integer> sorted = values.stream().sorted().toList();
      return sorted.isEmpty()
          ? Optional.empty()
          : Optional.of(new Quartiles(rank(sorted, 0.25), rank(sorted, 0.5), rank(sorted, 0.75)));
    }

    private static int rank(List<Integer> sorted, double share) {
      return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
  }

  /**
   * @param first calendar year (UTC)
   * @param last calendar year
   */
  public record Years(int first, int last) {}

  /** The figures of some patients. */
  public static CohortFigures of(
      List<PatientRecord> patients, Map<String, Demographics> demographics) {
    List<Integer> ages = new ArrayList<>();
    List<Integer> visits = new ArrayList<>();
    Map<AdministrativeGender, Integer> sexes = new EnumMap<>(AdministrativeGender.class);
    for (PatientRecord patient : patients) {
      Demographics known = demographics.getOrDefault(patient.patientId(), Demographics.UNKNOWN);
      ageAtLastVisit(patient, known).ifPresent(ages::add);
      sexes.merge(known.gender(), 1, Integer::sum);
      visits.add(patient.visits().size());
    }
    return new CohortFigures(
        patients.size(),
        ages.size() < LEAST ? Optional.empty() : Quartiles.of(ages),
        patients.size() - ages.size(),
        (int) ages.stream().filter(age -> age < ADULT).count(),
        sexes,
        years(patients),
        Quartiles.of(visits));
  }

  private static OptionalInt ageAtLastVisit(PatientRecord patient, Demographics known) {
    List<Visit> visits = patient.visits();
    return visits.isEmpty()
        ? OptionalInt.empty()
        : known.ageAt(visits.get(visits.size() - 1).start());
  }

  private static Optional<Years> years(List<PatientRecord> patients) {
    var years =
        patients.stream()
            .flatMap(patient -> patient.visits().stream())
            .mapToInt(visit -> visit.start().atZone(ZoneOffset.UTC).getYear())
            .summaryStatistics();
    return years.getCount() == 0
        ? Optional.empty()
        : Optional.of(new Years(years.getMin(), years.getMax()));
  }

  /** Patients, their ages and sexes in words. */
  String who() {
    return patients + " patients; " + ages() + "; " + sexesInWords();
  }

  /** Their visits in words. */
  String visitsInWords() {
    return years
            .map(span -> "visits from " + span.first() + " to " + span.last())
            .orElse("no visit")
        + visits.map(of -> ", " + spread("%d of a patient", of)).orElse("");
  }

  /** Children as a use out of scope, with a comma; empty where 10 or more were learned from. */
  String childrenOutOfScope() {
    if (age.isEmpty()) {
      return "children (ages of the patients trained on are not known), ";
    }
    if (minors >= LEAST) {
      return "";
    }
    return "children (of the patients trained on "
        + (minors == 0 ? "none was" : "fewer than 10 were")
        + " under 18 at the last visit), ";
  }

  private String ages() {
    if (age.isEmpty()) {
      return "ages not known";
    }
    return spread("aged %d at the last visit", age.get())
        + (minors >= LEAST ? ", " + minors + " under 18" : "")
        + (withoutAge > 0 ? ", not known of " + count(withoutAge) : "");
  }

  private static String spread(String format, Quartiles of) {
    return String.format(Locale.ROOT, format, of.median())
        + String.format(
            Locale.ROOT, " in the median (quartiles %d and %d)", of.first(), of.third());
  }

  private String sexesInWords() {
    if (sexes.getOrDefault(AdministrativeGender.UNKNOWN, 0) == patients) {
      return "sex not known";
    }
    List<String> parts = new ArrayList<>();
    sexes.forEach(
        (sex, count) -> {
          String name =
              sex == AdministrativeGender.UNKNOWN
                  ? "sex not known of"
                  : sex.name().toLowerCase(Locale.ROOT);
          parts.add(name + " " + count(count) + share(count));
        });
    return String.join(", ", parts);
  }

  private String share(int count) {
    return count < LEAST ? "" : String.format(Locale.ROOT, " (%.0f %%)", 100.0 * count / patients);
  }

  private static String count(int count) {
    return count < LEAST ? "fewer than " + LEAST : String.valueOf(count);
  }
}
