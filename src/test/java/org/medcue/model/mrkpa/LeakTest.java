package org.medcue.model.mrkpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.clinical.CodeRole.ACTIVE;
import static org.medcue.clinical.CodeRole.REASON;
import static org.medcue.clinical.CodeRole.RECORDED;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.medcue.clinical.CodeRole;
import org.medcue.clinical.DiagnosisCode;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.Symptom;
import org.medcue.clinical.Visit;
import org.medcue.model.visits.CodeCoverage;
import org.medcue.model.visits.EncodedVisit;
import org.medcue.model.visits.LabelSpace;
import org.medcue.model.visits.NetworkScorer;
import org.medcue.model.visits.VisitBatch;
import org.medcue.model.visits.VisitEncoding;
import org.medcue.model.visits.Vocabulary;

/**
 * What the predictor says of a visit must not depend, not by one bit, on that visit's drugs or on
 * anything later.
 */
class LeakTest {

  private static final MrKpaModel UNTRAINED_MODEL = SmallCohort.untrained(7);
  private static final MrKpaModel TRAINED_MODEL = SmallCohort.trained(7, 6);
  private static final MrKpaModel PAPERS_HEAD_MODEL =
      SmallCohort.trained(SmallCohort.CONFIG.withoutDrugMemory(), LabelSpace.PRODUCT, 7, 2);
  private static final MrKpaModel INGREDIENTS_MODEL =
      SmallCohort.trained(SmallCohort.CONFIG, LabelSpace.INGREDIENT, 7, 2);
  private static final int VISITS = 7;

  @AfterAll
  static void close() {
    UNTRAINED_MODEL.close();
    TRAINED_MODEL.close();
    PAPERS_HEAD_MODEL.close();
    INGREDIENTS_MODEL.close();
  }

  private record Alteration(String name, UnaryOperator<Visit> of) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Alteration> OF_DRUGS =
      List.of(
          new Alteration("another drug", v -> drugs(v, replaced(v.drugs()))),
          new Alteration("one drug more", v -> drugs(v, added(v.drugs()))),
          new Alteration("no drugs", v -> drugs(v, Set.of())),
          new Alteration("every drug", v -> drugs(v, new TreeSet<>(all()))),
          new Alteration("an unknown drug", v -> drugs(v, Set.of(new DrugCode("9999999")))));

  private static final List<Alteration> OF_OTHER_FIELDS =
      List.of(
          new Alteration("other diagnoses", v -> diagnoses(v, RECORDED, "F32.9", "I10", "N18.3")),
          new Alteration("other problems", v -> diagnoses(v, ACTIVE, "F32.9")),
          new Alteration("another reason", v -> diagnoses(v, REASON, "I10")),
          new Alteration("no diagnoses", v -> diagnoses(v, RECORDED)),
          new Alteration("other symptoms", v -> symptoms(v, RECORDED, "R51.9", "R05.9")),
          new Alteration("another complaint", v -> symptoms(v, REASON, "R51.9")),
          new Alteration("no symptoms", v -> symptoms(v, RECORDED)));

  /** Models are closeable, which JUnit would do after one case: cases name them instead. */
  private enum Weights {
    UNTRAINED(LeakTest.UNTRAINED_MODEL),
    TRAINED(LeakTest.TRAINED_MODEL),
    PAPERS_HEAD(LeakTest.PAPERS_HEAD_MODEL),
    INGREDIENTS(LeakTest.INGREDIENTS_MODEL);

    private final MrKpaModel model;

    Weights(MrKpaModel model) {
      this.model = model;
    }
  }

  static Stream<Arguments> drugAlterations() {
    return cases(OF_DRUGS);
  }

  static Stream<Arguments> otherAlterations() {
    return cases(OF_OTHER_FIELDS);
  }

  private static Stream<Arguments> cases(List<Alteration> alterations) {
    return Stream.of(Weights.values())
        .flatMap(weights -> alterations.stream().map(a -> Arguments.of(weights, a)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("drugAlterations")
  void drugsOfAVisitAndLaterOnesDoNotReachItsPrediction(Weights weights, Alteration alteration) {
    for (PatientRecord patient : SmallCohort.patients(4, VISITS, 3)) {
      List<List<String>> before = bits(weights.model, patient);
      for (int altered = 0; altered < VISITS; altered++) {
        PatientRecord other =
            SmallCohort.with(
                patient, altered, alteration.of().apply(patient.visits().get(altered)));
        assertThat(bits(weights.model, other).subList(0, altered + 1))
            .isEqualTo(before.subList(0, altered + 1));
      }
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("otherAlterations")
  void laterDiagnosesAndSymptomsDoNotReachAnEarlierPrediction(
      Weights weights, Alteration alteration) {
    for (PatientRecord patient : SmallCohort.patients(4, VISITS, 4)) {
      List<List<String>> before = bits(weights.model, patient);
      for (int altered = 1; altered < VISITS; altered++) {
        PatientRecord other =
            SmallCohort.with(
                patient, altered, alteration.of().apply(patient.visits().get(altered)));
        assertThat(bits(weights.model, other).subList(0, altered))
            .isEqualTo(before.subList(0, altered));
      }
    }
  }

  /** Wide sets of many lengths: here padding to the longest neighbour once cost a bit. */
  @Test
  void lengthOfLaterSetsDoesNotReachAnEarlierPrediction() {
    List<String> diagnoses = IntStream.range(10, 70).mapToObj(i -> "M" + i).toList();
    List<String> drugs = IntStream.range(0, 60).mapToObj(i -> "" + (300000 + i)).toList();
    Random random = new Random(1);
    List<Visit> visits = new ArrayList<>();
    for (int day = 0; day < 40; day++) {
      visits.add(SmallCohort.visit(day, some(diagnoses, random), Set.of(), some(drugs, random)));
    }
    PatientRecord patient = new PatientRecord("wide", visits);
    Vocabulary vocabulary = Vocabulary.of(visits, SmallCohort.KNOWLEDGE, LabelSpace.PRODUCT, true);
    try (MrKpaModel model = MrKpaModel.initialise(MrKpaConfig.standard(), vocabulary, 3)) {
      List<List<String>> before = bits(model, patient);
      for (int altered : List.of(10, 25, 39)) {
        Visit every = drugs(visits.get(altered), codes(drugs.subList(0, 40)));
        List<List<String>> after = bits(model, SmallCohort.with(patient, altered, every));
        assertThat(after.subList(0, altered + 1)).isEqualTo(before.subList(0, altered + 1));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void drugsOfATargetDoNotReachItsLogitsInATrainingBatch(Weights weights) {
    List<PatientRecord> patients = SmallCohort.patients(3, VISITS, 5);
    List<Integer> targets = List.of(1, 3, 6);
    float[][] before = trainingLogits(weights.model, patients, targets, 0);
    for (int altered : targets) {
      Visit other = drugs(patients.get(1).visits().get(altered), new TreeSet<>(all()));
      List<PatientRecord> alteredPatients = new ArrayList<>(patients);
      alteredPatients.set(1, SmallCohort.with(patients.get(1), altered, other));
      float[][] after = trainingLogits(weights.model, alteredPatients, targets, 0);
      for (int row = 0; row < before.length; row++) {
        boolean mayDiffer = row / targets.size() == 1 && targets.get(row % 3) > altered;
        if (!mayDiffer) {
          assertThat(after[row]).as("target %d", row).isEqualTo(before[row]);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void answersAreNoInputOfTheNetwork(Weights weights) {
    List<PatientRecord> patients = SmallCohort.patients(3, VISITS, 5);
    List<Integer> targets = List.of(1, 3, 6);

    assertThat(trainingLogits(weights.model, patients, targets, 1))
        .isDeepEqualTo(trainingLogits(weights.model, patients, targets, 0));
  }

  @ParameterizedTest
  @EnumSource
  void drugsOfAnEarlierVisitDoReachAPrediction(Weights weights) {
    PatientRecord patient = SmallCohort.patients(1, VISITS, 3).get(0);
    for (int altered = 0; altered < VISITS - 1; altered++) {
      Visit visit = patient.visits().get(altered);
      PatientRecord other =
          SmallCohort.with(patient, altered, drugs(visit, replaced(visit.drugs())));
      assertThat(bits(weights.model, other).get(altered + 1))
          .isNotEqualTo(bits(weights.model, patient).get(altered + 1));
    }
  }

  /**
   * Logits of one batch of all patients' targets, as a training step makes it.
   *
   * @param answer the output that every target is told to be its answer
   */
  private static float[][] trainingLogits(
      MrKpaModel model, List<PatientRecord> patients, List<Integer> targets, int answer) {
    VisitEncoding encoding = new VisitEncoding(model.vocabulary(), SmallCohort.KNOWLEDGE);
    int labels = model.vocabulary().labels().size();
    VisitBatch batch = new VisitBatch(labels);
    for (PatientRecord patient : patients) {
      List<EncodedVisit> visits =
          patient.visits().stream().map(v -> encoding.encode(v, new CodeCoverage())).toList();
      int first = batch.visitCount();
      visits.forEach(batch::addVisit);
      for (int target : targets) {
        int[] history = IntStream.range(first, first + target).toArray();
        batch.addTarget(visits.get(target), history, new int[] {answer});
      }
    }
    return Logits.of(model, batch);
  }

  /** For each visit the bits of every probability, in the order of output. */
  private static List<List<String>> bits(MrKpaModel model, PatientRecord patient) {
    List<Integer> targets = IntStream.range(0, patient.visits().size()).boxed().toList();
    try (NetworkScorer scorer = new NetworkScorer(model, SmallCohort.KNOWLEDGE)) {
      List<List<String>> all = new ArrayList<>();
      for (float[] row : scorer.score(patient, targets, new CodeCoverage())) {
        all.add(IntStream.range(0, row.length).mapToObj(i -> Float.toHexString(row[i])).toList());
      }
      return all;
    }
  }

  private static Visit drugs(Visit v, Set<DrugCode> drugs) {
    return Visit.of(v.id(), v.start(), v.diagnoses(), v.symptoms(), drugs);
  }

  private static Visit diagnoses(Visit v, CodeRole role, String... codes) {
    Map<DiagnosisCode, CodeRole> diagnoses = new HashMap<>();
    Stream.of(codes).map(DiagnosisCode::new).forEach(code -> diagnoses.put(code, role));
    return Visit.of(v.id(), v.start(), diagnoses, v.symptoms(), v.drugs());
  }

  private static Visit symptoms(Visit v, CodeRole role, String... codes) {
    Map<Symptom, CodeRole> symptoms = new HashMap<>();
    Stream.of(codes).map(Symptom::new).forEach(code -> symptoms.put(code, role));
    return Visit.of(v.id(), v.start(), v.diagnoses(), symptoms, v.drugs());
  }

  private static List<DrugCode> all() {
    return SmallCohort.DRUGS.stream().map(DrugCode::new).toList();
  }

  private static Set<DrugCode> codes(List<String> drugs) {
    return drugs.stream().map(DrugCode::new).collect(Collectors.toSet());
  }

  private static Set<String> some(List<String> codes, Random random) {
    return random
        .ints(random.nextInt(20), 0, codes.size())
        .mapToObj(codes::get)
        .collect(Collectors.toSet());
  }

  private static DrugCode notIn(Set<DrugCode> drugs) {
    return all().stream().filter(d -> !drugs.contains(d)).findFirst().orElseThrow();
  }

  private static Set<DrugCode> added(Set<DrugCode> drugs) {
    Set<DrugCode> more = new HashSet<>(drugs);
    more.add(notIn(drugs));
    return more;
  }

  private static Set<DrugCode> replaced(Set<DrugCode> drugs) {
    Set<DrugCode> other = added(drugs);
    drugs.stream().findFirst().ifPresent(other::remove);
    return other;
  }
}
