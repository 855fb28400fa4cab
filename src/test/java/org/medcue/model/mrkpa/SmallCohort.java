package org.medcue.model.mrkpa;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.medcue.clinical.CodeRole;
import org.medcue.clinical.DiagnosisCode;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.Symptom;
import org.medcue.clinical.Visit;
import org.medcue.clinical.Visits;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.learning.TrainingPhase;
import org.medcue.model.visits.FineTuning;
import org.medcue.model.visits.LabelSpace;
import org.medcue.model.visits.Vocabulary;

/** Made-up visits and a network small enough for tests. */
public final class SmallCohort {

  public static final KnowledgeBase KNOWLEDGE =
      KnowledgeBase.load(Path.of("model-registry"), KnowledgeBase.bundled());

  public static final MrKpaConfig CONFIG = new MrKpaConfig(16, 2, 2, 2, 24, 0.1f, true);

  public static final List<String> DIAGNOSES =
      List.of("I10", "E11.9", "E11.65", "J20.9", "M54.5", "N18.3", "E78.5", "J45.909", "F32.9");
  public static final List<String> SYMPTOMS =
      List.of("R05.9", "R07.9", "R51.9", "R10.9", "57676002");
  public static final List<String> DRUGS =
      List.of("314076", "197886", "105585", "106258", "106892", "105078", "617318");

  private SmallCohort() {}

  public static Visit visit(
      int day, Set<String> diagnoses, Set<String> symptoms, Set<String> drugs) {
    return visit(day, diagnoses, Set.of(), symptoms, drugs);
  }

  public static Visit visit(
      int day,
      Set<String> diagnoses,
      Set<String> problems,
      Set<String> symptoms,
      Set<String> drugs) {
    return Visits.of(
        "visit-" + day,
        day(day),
        codes(diagnoses, DiagnosisCode::new),
        codes(problems, DiagnosisCode::new),
        codes(symptoms, Symptom::new),
        codes(drugs, DrugCode::new));
  }

  private static Instant day(int day) {
    return Instant.parse("2020-01-01T08:00:00Z").plus(day, ChronoUnit.DAYS);
  }

  private static <T> Set<T> codes(Set<String> values, Function<String, T> code) {
    return values.stream().map(code).collect(Collectors.toSet());
  }

  public static PatientRecord patient(String id, Visit... visits) {
    return new PatientRecord(id, Arrays.asList(visits));
  }

  /** Patients with up to 3 codes of each field a visit, in any role, fields also empty. */
  public static List<PatientRecord> patients(int count, int visits, long seed) {
    Random random = new Random(seed);
    List<PatientRecord> patients = new ArrayList<>();
    for (int p = 0; p < count; p++) {
      List<Visit> all = new ArrayList<>();
      for (int v = 0; v < visits; v++) {
        all.add(
            Visit.of(
                "visit-" + 7 * v,
                day(7 * v),
                roles(codes(some(DIAGNOSES, random), DiagnosisCode::new), random),
                roles(codes(some(SYMPTOMS, random), Symptom::new), random),
                codes(some(DRUGS, random), DrugCode::new)));
      }
      patients.add(new PatientRecord("p" + p, all));
    }
    return patients;
  }

  private static <T extends Comparable<T>> Map<T, CodeRole> roles(Set<T> codes, Random random) {
    Map<T, CodeRole> roles = new TreeMap<>();
    for (T code : new TreeSet<>(codes)) {
      roles.put(code, CodeRole.values()[random.nextInt(CodeRole.values().length)]);
    }
    return roles;
  }

  private static Set<String> some(List<String> codes, Random random) {
    Set<String> some = new TreeSet<>();
    int size = random.nextInt(4);
    while (some.size() < size) {
      some.add(codes.get(random.nextInt(codes.size())));
    }
    return some;
  }

  public static Vocabulary vocabulary() {
    return vocabulary(LabelSpace.PRODUCT);
  }

  public static Vocabulary vocabulary(LabelSpace labels) {
    Visit everything =
        visit(0, new TreeSet<>(DIAGNOSES), new TreeSet<>(SYMPTOMS), new TreeSet<>(DRUGS));
    return Vocabulary.of(List.of(everything), KNOWLEDGE, labels, true);
  }

  public static MrKpaModel untrained(int seed) {
    return MrKpaModel.initialise(CONFIG, vocabulary(), seed);
  }

  public static MrKpaModel trained(int seed, int epochs) {
    return trained(untrained(seed), seed, epochs);
  }

  public static MrKpaModel trained(MrKpaConfig config, LabelSpace labels, int seed, int epochs) {
    return trained(MrKpaModel.initialise(config, vocabulary(labels), seed), seed, epochs);
  }

  private static MrKpaModel trained(MrKpaModel model, int seed, int epochs) {
    TrainingPhase.Schedule schedule = new TrainingPhase.Schedule(epochs, 32, 1e-2f, 0.01f, seed);
    FineTuning tuning = new FineTuning(model, KNOWLEDGE, patients(20, 5, seed), schedule);
    for (int epoch = 0; epoch < epochs; epoch++) {
      tuning.epoch(epoch + 1, (done, loss) -> {});
    }
    return model;
  }

  /** The visits with one of them replaced. */
  public static PatientRecord with(PatientRecord patient, int index, Visit visit) {
    List<Visit> visits = new ArrayList<>(patient.visits());
    visits.set(index, visit);
    return new PatientRecord(patient.patientId(), visits);
  }
}
