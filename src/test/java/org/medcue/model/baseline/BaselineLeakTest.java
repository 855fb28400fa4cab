package org.medcue.model.baseline;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medcue.clinical.CodeRole;
import org.medcue.clinical.DiagnosisCode;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.Symptom;
import org.medcue.clinical.Visit;
import org.medcue.model.mrkpa.SmallCohort;
import org.medcue.model.visits.CodeCoverage;
import org.medcue.model.visits.LabelSpace;
import org.medcue.model.visits.NetworkScorer;
import org.medcue.model.visits.RecordScorer;
import org.medcue.model.visits.VisitModel;
import org.medcue.model.visits.Vocabulary;

/**
 * What a baseline says of a visit must not depend, not by one bit, on that visit's drugs or on
 * anything later: a baseline that saw them would be a wrong measure.
 */
class BaselineLeakTest {

  private enum System {
    COPY_LAST_VISIT,
    FREQUENT_DRUGS,
    REGRESSION,
    REGRESSION_WITH_SAME_REASON,
    RETAIN,
    TRANSFORMER
  }

  private static final int VISITS = 7;
  private static final int WIDE_VISITS = 40;
  private static final List<String> WIDE_DIAGNOSES =
      IntStream.range(10, 70).mapToObj(i -> "M" + i).toList();
  private static final List<String> WIDE_DRUGS =
      IntStream.range(0, 60).mapToObj(i -> "" + (300000 + i)).toList();
  private static final PatientRecord WIDE_PATIENT = widePatient();

  private static final Map<System, RecordScorer> SMALL = new EnumMap<>(System.class);
  private static final Map<System, RecordScorer> WIDE = new EnumMap<>(System.class);
  private static final List<VisitModel> MODELS = new ArrayList<>();

  @BeforeAll
  static void train() {
    train(SMALL, SmallCohort.vocabulary(), SmallCohort.patients(20, 5, 7), 4);
    Vocabulary wide =
        Vocabulary.of(WIDE_PATIENT.visits(), SmallCohort.KNOWLEDGE, LabelSpace.PRODUCT, true);
    train(WIDE, wide, List.of(WIDE_PATIENT), 1);
  }

  private static void train(
      Map<System, RecordScorer> scorers,
      Vocabulary vocabulary,
      List<PatientRecord> patients,
      int epochs) {
    scorers.put(System.COPY_LAST_VISIT, new CopyLastVisit(vocabulary, SmallCohort.KNOWLEDGE));
    scorers.put(
        System.FREQUENT_DRUGS, new FrequentDrugs(vocabulary, SmallCohort.KNOWLEDGE, patients));
    for (Baseline baseline : Baseline.values()) {
      VisitModel model = baseline.untrained(vocabulary);
      baseline.train(model, patients, epochs);
      MODELS.add(model);
      RecordScorer scorer = new NetworkScorer(model, SmallCohort.KNOWLEDGE);
      scorers.put(System.valueOf(baseline.name()), scorer);
    }
  }

  @AfterAll
  static void close() {
    SMALL.values().forEach(RecordScorer::close);
    WIDE.values().forEach(RecordScorer::close);
    MODELS.forEach(VisitModel::close);
  }

  @ParameterizedTest
  @EnumSource
  void drugsOfAVisitAndLaterOnesDoNotReachItsPrediction(System system) {
    List<Function<Visit, Visit>> alterations =
        List.of(
            v -> drugs(v, Set.of()),
            v -> drugs(v, new TreeSet<>(SmallCohort.DRUGS)),
            v -> drugs(v, Set.of("9999999")),
            v -> drugs(v, replaced(v)));
    for (Function<Visit, Visit> alteration : alterations) {
      for (PatientRecord patient : SmallCohort.patients(4, VISITS, 3)) {
        List<List<String>> before = bits(SMALL, system, patient);
        for (int altered = 0; altered < VISITS; altered++) {
          List<List<String>> after = bits(SMALL, system, altered(patient, altered, alteration));
          assertThat(after.subList(0, altered + 1)).isEqualTo(before.subList(0, altered + 1));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void laterDiagnosesAndSymptomsDoNotReachAnEarlierPrediction(System system) {
    List<Function<Visit, Visit>> alterations =
        List.of(
            v -> with(v, Map.of(), Map.of()),
            v -> with(v, Map.of("F32.9", CodeRole.ACTIVE), Map.of("R51.9", CodeRole.REASON)),
            v -> with(v, all(SmallCohort.DIAGNOSES), all(SmallCohort.SYMPTOMS)));
    for (Function<Visit, Visit> alteration : alterations) {
      for (PatientRecord patient : SmallCohort.patients(4, VISITS, 4)) {
        List<List<String>> before = bits(SMALL, system, patient);
        for (int altered = 1; altered < VISITS; altered++) {
          List<List<String>> after = bits(SMALL, system, altered(patient, altered, alteration));
          assertThat(after.subList(0, altered)).isEqualTo(before.subList(0, altered));
        }
      }
    }
  }

  /** Wide sets of many lengths, more visits than networks read: widths change rounding. */
  @ParameterizedTest
  @EnumSource
  void lengthOfLaterSetsDoesNotReachAnEarlierPrediction(System system) {
    List<List<String>> before = bits(WIDE, system, WIDE_PATIENT);
    for (int altered : List.of(0, 10, 25, 33, 39)) {
      PatientRecord other =
          altered(WIDE_PATIENT, altered, v -> drugs(v, WIDE_DRUGS.subList(0, 40)));
      List<List<String>> after = bits(WIDE, system, other);
      assertThat(after.subList(0, altered + 1)).isEqualTo(before.subList(0, altered + 1));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FREQUENT_DRUGS")
  void drugsOfAnEarlierVisitDoReachAPrediction(System system) {
    PatientRecord patient = SmallCohort.patients(1, VISITS, 3).get(0);
    for (int altered = 0; altered < VISITS - 1; altered++) {
      PatientRecord other = altered(patient, altered, v -> drugs(v, replaced(v)));
      assertThat(bits(SMALL, system, other).get(altered + 1))
          .isNotEqualTo(bits(SMALL, system, patient).get(altered + 1));
    }
  }

  /** The 32nd visit before the present one is the last that is read. */
  @ParameterizedTest
  @EnumSource(names = {"RETAIN", "TRANSFORMER"})
  void historyIsCutToTheLast32Visits(System system) {
    PatientRecord other = altered(WIDE_PATIENT, 2, v -> drugs(v, replaced(v)));
    List<List<String>> before = bits(WIDE, system, WIDE_PATIENT);
    List<List<String>> after = bits(WIDE, system, other);

    assertThat(after.get(34)).isNotEqualTo(before.get(34));
    assertThat(after.subList(35, WIDE_VISITS)).isEqualTo(before.subList(35, WIDE_VISITS));
  }

  /** For each visit the bits of every probability, in the order of output. */
  private static List<List<String>> bits(
      Map<System, RecordScorer> scorers, System system, PatientRecord patient) {
    List<Integer> targets = IntStream.range(0, patient.visits().size()).boxed().toList();
    List<List<String>> all = new ArrayList<>();
    for (float[] row :
        requireNonNull(scorers.get(system)).score(patient, targets, new CodeCoverage())) {
      all.add(IntStream.range(0, row.length).mapToObj(i -> Float.toHexString(row[i])).toList());
    }
    return all;
  }

  private static PatientRecord altered(
      PatientRecord patient, int index, Function<Visit, Visit> alteration) {
    return SmallCohort.with(patient, index, alteration.apply(patient.visits().get(index)));
  }

  private static Visit drugs(Visit v, Collection<String> drugs) {
    Set<DrugCode> codes = drugs.stream().map(DrugCode::new).collect(Collectors.toSet());
    return Visit.of(v.id(), v.start(), v.diagnoses(), v.symptoms(), codes);
  }

  /** One drug more and, if there was any, one less. */
  private static Set<String> replaced(Visit visit) {
    List<String> had = visit.drugs().stream().map(DrugCode::value).toList();
    Set<String> drugs = new TreeSet<>(had.subList(Math.min(1, had.size()), had.size()));
    Stream.concat(SmallCohort.DRUGS.stream(), WIDE_DRUGS.stream())
        .filter(drug -> !had.contains(drug))
        .filter(
            drug -> had.isEmpty() || WIDE_DRUGS.contains(drug) == WIDE_DRUGS.contains(had.get(0)))
        .findFirst()
        .ifPresent(drugs::add);
    return drugs;
  }

  private static Visit with(
      Visit v, Map<String, CodeRole> diagnoses, Map<String, CodeRole> symptoms) {
    Map<DiagnosisCode, CodeRole> d = new HashMap<>();
    diagnoses.forEach((code, role) -> d.put(new DiagnosisCode(code), role));
    Map<Symptom, CodeRole> s = new HashMap<>();
    symptoms.forEach((code, role) -> s.put(new Symptom(code), role));
    return Visit.of(v.id(), v.start(), d, s, v.drugs());
  }

  private static Map<String, CodeRole> all(List<String> codes) {
    return codes.stream().collect(Collectors.toMap(code -> code, code -> CodeRole.RECORDED));
  }

  private static PatientRecord widePatient() {
    Random random = new Random(1);
    List<Visit> visits = new ArrayList<>();
    for (int day = 0; day < WIDE_VISITS; day++) {
      visits.add(
          SmallCohort.visit(day, some(WIDE_DIAGNOSES, random), Set.of(), some(WIDE_DRUGS, random)));
    }
    return new PatientRecord("wide", visits);
  }

  private static Set<String> some(List<String> codes, Random random) {
    return random
        .ints(random.nextInt(20), 0, codes.size())
        .mapToObj(codes::get)
        .collect(Collectors.toSet());
  }
}
