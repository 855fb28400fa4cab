package org.medcue.model.mrkpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.model.nn.Golden;
import org.medcue.model.visits.EncodedVisit;
import org.medcue.model.visits.PatientBatches;
import org.medcue.model.visits.TokenSet;
import org.medcue.model.visits.VisitBatch;
import org.medcue.model.visits.Vocabulary;

/** One patient of five visits: the first has no history, one no drugs, one no diagnoses. */
class MrKpaNetworkTest {

  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void headOfFiveVectorsIsEquationTen() throws IOException {
    Golden golden = Golden.read("mrkpa.json");
    try (MrKpaModel model = model(golden, false)) {
      golden.assertEquals(logits(model, golden, IntStream.range(0, 5)), "expectedOfFiveVectors");
    }
  }

  @Test
  void drugMemoryAddsLastVisitSameReasonShareAndAttention() throws IOException {
    Golden golden = Golden.read("mrkpa.json");
    try (MrKpaModel model = model(golden, true)) {
      golden.assertEquals(logits(model, golden, IntStream.range(0, 5)), "expectedWithDrugMemory");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void oneTargetAloneGetsTheSame(int target) throws IOException {
    Golden golden = Golden.read("mrkpa.json");
    try (MrKpaModel model = model(golden, true)) {
      float[] row = logits(model, golden, IntStream.of(target));

      float[] expected = golden.values("expectedWithDrugMemory");
      assertThat(row)
          .containsExactly(Arrays.copyOfRange(expected, 3 * target, 3 * target + 3), within(1e-5f));
    }
  }

  private static MrKpaModel model(Golden golden, boolean drugMemory) throws IOException {
    JsonNode c = golden.get("config");
    MrKpaConfig config =
        new MrKpaConfig(
            c.required("size").intValue(),
            c.required("graphHeads").intValue(),
            c.required("layers").intValue(),
            c.required("encoderHeads").intValue(),
            c.required("feedForward").intValue(),
            0.1f,
            drugMemory);
    Vocabulary vocabulary = JSON.treeToValue(golden.get("vocabulary"), Vocabulary.class);
    MrKpaModel model = MrKpaModel.initialise(config, vocabulary, 1);
    golden.setWeights(new TreeMap<>(model.parameters()));
    return model;
  }

  private static float[] logits(MrKpaModel model, Golden golden, IntStream targets) {
    Vocabulary vocabulary = model.vocabulary();
    List<EncodedVisit> visits = new ArrayList<>();
    for (JsonNode v : golden.get("visits")) {
      int[] drugs = ints(v.required("drugs"));
      visits.add(
          new EncodedVisit(
              tokens(
                  Vocabulary.CLS_DIAGNOSES,
                  vocabulary.diagnosisOffset(),
                  ints(v.required("diagnoses")),
                  ints(v.required("roles"))),
              tokens(
                  Vocabulary.CLS_SYMPTOMS,
                  vocabulary.symptomOffset(),
                  ints(v.required("symptoms")),
                  ints(v.required("symptomRoles"))),
              tokens(Vocabulary.CLS_DRUGS, vocabulary.drugOffset(), drugs, new int[drugs.length]),
              drugs,
              drugs.length > 0));
    }
    VisitBatch batch = new VisitBatch(vocabulary.labels().size());
    PatientBatches.add(batch, visits, targets.boxed().toList());
    float[][] rows = Logits.of(model, batch);
    float[] flat = new float[rows.length * batch.labelCount()];
    for (int row = 0; row < rows.length; row++) {
      System.arraycopy(rows[row], 0, flat, row * batch.labelCount(), batch.labelCount());
    }
    return flat;
  }

  private static int[] ints(JsonNode numbers) {
    return IntStream.range(0, numbers.size()).map(i -> numbers.get(i).intValue()).toArray();
  }

  private static TokenSet tokens(int cls, int offset, int[] indices, int[] roles) {
    SortedMap<Integer, Integer> roleOf = new TreeMap<>();
    for (int i = 0; i < indices.length; i++) {
      roleOf.put(indices[i] + offset, roles[i]);
    }
    return TokenSet.of(cls, roleOf);
  }
}
