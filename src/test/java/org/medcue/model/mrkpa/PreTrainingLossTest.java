package org.medcue.model.mrkpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medcue.clinical.PatientRecord;
import org.medcue.model.learning.LearnedModel;
import org.medcue.model.learning.TrainingPhase;
import org.medcue.model.nn.Golden;
import org.medcue.model.nn.Gradients;
import org.medcue.model.nn.Torch;
import org.medcue.model.visits.EncodedVisit;
import org.medcue.model.visits.TokenSet;

/** The loss of pre-training against numbers that were computed without this code. */
class PreTrainingLossTest {

  private final Golden golden;
  private final MrKpaModel model;
  private final PreTraining preTraining;
  private final List<EncodedVisit> whole;
  private final List<EncodedVisit> masked;

  PreTrainingLossTest() throws IOException {
    golden = Golden.read("pre-training.json");
    model = TinyNetwork.model(true);
    PatientRecord patient = TinyNetwork.patient("p", golden.get("visits"));
    preTraining =
        PreTraining.of(
            model,
            SmallCohort.KNOWLEDGE,
            List.of(patient),
            new TrainingPhase.Schedule(1, 4, 1e-2f, 0, 1));
    whole = TinyNetwork.encoded(model, patient);
    masked = masked(whole, golden.get("masked"));
  }

  @BeforeEach
  void setHeads() {
    golden.setArrays(heads(), "heads");
  }

  @AfterEach
  void close() {
    preTraining.close();
    model.close();
  }

  private Map<String, NDArray> heads() {
    Map<String, NDArray> heads = new TreeMap<>();
    preTraining
        .state()
        .forEach(
            (name, array) -> {
              if (name.startsWith("heads.")) {
                heads.put(name.substring("heads.".length()), array);
              }
            });
    return heads;
  }

  private static List<EncodedVisit> masked(List<EncodedVisit> whole, JsonNode changes) {
    List<EncodedVisit> masked = new ArrayList<>();
    for (EncodedVisit visit : whole) {
      JsonNode ofVisit = changes.get(masked.size());
      masked.add(
          new EncodedVisit(
              with(visit.diagnoses(), ofVisit.path("diagnoses")),
              with(visit.symptoms(), ofVisit.path("symptoms")),
              with(visit.drugs(), ofVisit.path("drugs")),
              new int[0],
              visit.hasDrugs()));
    }
    return masked;
  }

  private static TokenSet with(TokenSet set, JsonNode tokenByPlace) {
    int[] place = {0};
    return set.replacing(token -> tokenByPlace.path(String.valueOf(++place[0])).asInt(token));
  }

  private double loss(List<EncodedVisit> inputs, List<EncodedVisit> answers) {
    try (NDManager arrays = model.manager().newSubManager()) {
      return preTraining.loss(inputs, answers, arrays).getFloat();
    }
  }

  @Test
  void lossIsTheSumOfTheNineTermsOfEquationNine() {
    assertThat(loss(masked, whole))
        .isCloseTo(golden.get("total").doubleValue(), within(1e-3)); // of 111.6
  }

  static Stream<String> directions() {
    List<String> fields = List.of("diagnoses", "drugs", "symptoms");
    return fields.stream().flatMap(from -> fields.stream().map(to -> from + "To" + to));
  }

  /** A head of zeros finds every code as likely as not, which costs ln 2 for each. */
  @ParameterizedTest
  @MethodSource("directions")
  void eachDirectionIsATermOfItsOwn(String direction) {
    NDArray bias = Objects.requireNonNull(heads().get(direction + ".output.bias"));
    double cells = (double) whole.size() * bias.size();
    heads()
        .forEach(
            (name, array) -> {
              if (name.startsWith(direction + ".")) {
                array.muli(0);
              }
            });

    double expected =
        golden.get("total").doubleValue()
            - golden.get("terms").required(direction).doubleValue()
            + cells * Math.log(2);
    assertThat(loss(masked, whole)).isCloseTo(expected, within(1e-3));
  }

  @Test
  void gradientsAreThoseOfTheReference() {
    try (NDManager arrays = model.manager().newSubManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      collector.backward(preTraining.loss(masked, whole, arrays));
    }
    Map<String, float[]> gradients = new LinkedHashMap<>(TinyNetwork.takeGradients(model));
    heads().forEach((name, a) -> gradients.put("heads." + name, a.getGradient().toFloatArray()));

    golden.assertEqual(gradients, "gradients", 1e-4);
  }

  @Test
  void gradientsAgreeWithDifferences() {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    model
        .parameters()
        .forEach(
            (name, p) -> {
              if (MrKpaNetwork.encodesVisits(name)) {
                arrays.put(name, p.getArray());
              }
            });
    arrays.putAll(heads());
    try (NDManager manager = model.manager().newSubManager()) {
      Gradients.assertArraysAgreeWithDifferences(
          manager, arrays, store -> new NDList(preTraining.loss(masked, whole, manager)));
    }
  }

  @Test
  void answersAreTheWholeVisitsAndInputsTheMaskedOnes() {
    double reference = golden.get("total").doubleValue();

    assertThat(loss(whole, whole)).isNotCloseTo(reference, within(0.1));
    assertThat(loss(masked, withoutDrugs(whole))).isNotCloseTo(reference, within(0.1));
  }

  private static List<EncodedVisit> withoutDrugs(List<EncodedVisit> visits) {
    TokenSet none = TokenSet.of(visits.get(0).drugs().token(0), new TreeMap<>());
    return visits.stream()
        .map(v -> new EncodedVisit(v.diagnoses(), v.symptoms(), none, v.labels(), false))
        .toList();
  }

  /** Several visits in a batch share what is computed, never what comes out. */
  @Test
  void lossOfABatchIsTheSumOfItsVisits() {
    double sum = 0;
    for (int i = 0; i < whole.size(); i++) {
      sum += loss(masked.subList(i, i + 1), whole.subList(i, i + 1));
    }
    assertThat(sum).isCloseTo(loss(masked, whole), within(1e-3));
  }

  @Test
  void mappingHeadIsAHiddenLayerAndOneLogitACode() throws IOException {
    try (NDManager manager = Torch.newManager()) {
      NDArray input = golden.array(manager, "headInput");
      int codes = (int) golden.array(manager, "headOutput").getShape().get(1);
      MappingHead head = new MappingHead(8, codes);
      head.initialize(manager, DataType.FLOAT32, new Shape(1));
      String prefix = golden.get("head").textValue() + ".";
      LearnedModel.parametersOf(head)
          .forEach(
              (name, p) ->
                  p.getArray().set(Golden.values(golden.get("heads").required(prefix + name))));

      NDArray output =
          head.forward(new ParameterStore(manager, false), new NDList(input), true)
              .singletonOrThrow();

      golden.assertEquals(output.toFloatArray(), "headOutput");
    }
  }
}
