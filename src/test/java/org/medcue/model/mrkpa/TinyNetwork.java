package org.medcue.model.mrkpa;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.medcue.clinical.CodeRole;
import org.medcue.clinical.DiagnosisCode;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.Symptom;
import org.medcue.clinical.Visit;
import org.medcue.model.nn.Golden;
import org.medcue.model.visits.CodeCoverage;
import org.medcue.model.visits.EncodedVisit;
import org.medcue.model.visits.PatientBatches;
import org.medcue.model.visits.VisitBatch;
import org.medcue.model.visits.VisitEncoding;
import org.medcue.model.visits.Vocabulary;

/** The network of mrkpa.json without dropout, and the visits of files computed with it. */
final class TinyNetwork {

  private static final Instant START = Instant.parse("2020-01-01T08:00:00Z");

  private TinyNetwork() {}

  static MrKpaModel model(boolean drugMemory) throws IOException {
    Golden golden = Golden.read("mrkpa.json");
    Vocabulary vocabulary =
        new JsonMapper().treeToValue(golden.get("vocabulary"), Vocabulary.class);
    MrKpaModel model =
        MrKpaModel.initialise(new MrKpaConfig(8, 2, 1, 2, 12, 0, drugMemory), vocabulary, 1);
    golden.setWeights(new TreeMap<>(model.parameters()));
    return model;
  }

  /** The patients of adversarial.json. */
  static List<PatientRecord> patients() throws IOException {
    List<PatientRecord> patients = new ArrayList<>();
    for (JsonNode visits : Golden.read("adversarial.json").get("patients")) {
      patients.add(patient("p" + patients.size(), visits));
    }
    return patients;
  }

  static PatientRecord patient(String id, JsonNode visits) throws IOException {
    Vocabulary vocabulary =
        new JsonMapper().treeToValue(Golden.read("mrkpa.json").get("vocabulary"), Vocabulary.class);
    List<Visit> all = new ArrayList<>();
    for (JsonNode v : visits) {
      Set<DrugCode> drugs = new TreeSet<>();
      v.required("drugs")
          .forEach(i -> drugs.add(new DrugCode(vocabulary.drugs().nodes().get(i.intValue()))));
      all.add(
          Visit.of(
              id + "-" + all.size(),
              START.plus(all.size(), ChronoUnit.DAYS),
              roles(v, "diagnoses", "roles", vocabulary.diagnoses().nodes(), DiagnosisCode::new),
              roles(v, "symptoms", "symptomRoles", vocabulary.symptoms().nodes(), Symptom::new),
              drugs));
    }
    return new PatientRecord(id, all);
  }

  private static <T extends Comparable<T>> Map<T, CodeRole> roles(
      JsonNode visit, String codes, String roles, List<String> nodes, Function<String, T> code) {
    Map<T, CodeRole> byCode = new TreeMap<>();
    for (int i = 0; i < visit.required(codes).size(); i++) {
      CodeRole role = CodeRole.values()[visit.required(roles).get(i).intValue() - 1];
      byCode.put(code.apply(nodes.get(visit.required(codes).get(i).intValue())), role);
    }
    return byCode;
  }

  static List<EncodedVisit> encoded(MrKpaModel model, PatientRecord patient) {
    VisitEncoding encoding = new VisitEncoding(model.vocabulary(), SmallCohort.KNOWLEDGE);
    return patient.visits().stream().map(v -> encoding.encode(v, new CodeCoverage())).toList();
  }

  /** All targets of some patients in one batch. */
  static VisitBatch batch(MrKpaModel model, List<PatientRecord> patients) {
    VisitBatch batch = new VisitBatch(model.vocabulary().labels().size());
    for (PatientRecord patient : patients) {
      List<EncodedVisit> visits = encoded(model, patient);
      List<Integer> targets =
          IntStream.range(0, visits.size()).filter(t -> visits.get(t).hasDrugs()).boxed().toList();
      PatientBatches.add(batch, visits, targets);
    }
    return batch;
  }

  /** Every parameter's gradient, which is zeroed for the next pass. */
  static Map<String, float[]> takeGradients(MrKpaModel model) {
    Map<String, float[]> gradients = new LinkedHashMap<>();
    model
        .parameters()
        .forEach(
            (name, parameter) -> {
              NDArray gradient = parameter.getArray().getGradient();
              gradients.put(name, gradient.toFloatArray());
              gradient.muli(0);
            });
    return gradients;
  }

  static Map<String, NDArray> arrays(Map<String, Parameter> parameters) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    parameters.forEach((name, parameter) -> arrays.put(name, parameter.getArray()));
    return arrays;
  }

  /** The bits of every weight. */
  static Map<String, List<Integer>> bits(MrKpaModel model) {
    Map<String, List<Integer>> bits = new LinkedHashMap<>();
    model
        .parameters()
        .forEach(
            (name, p) -> {
              float[] values = p.getArray().toFloatArray();
              bits.put(
                  name,
                  IntStream.range(0, values.length)
                      .mapToObj(i -> Float.floatToRawIntBits(values[i]))
                      .toList());
            });
    return bits;
  }
}
