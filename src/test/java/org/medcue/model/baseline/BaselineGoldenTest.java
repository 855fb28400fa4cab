package org.medcue.model.baseline;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medcue.model.mrkpa.SmallCohort;
import org.medcue.model.nn.Golden;
import org.medcue.model.visits.EncodedVisit;
import org.medcue.model.visits.NetworkScorer;
import org.medcue.model.visits.PatientBatches;
import org.medcue.model.visits.TokenSet;
import org.medcue.model.visits.VisitBatch;
import org.medcue.model.visits.VisitModel;
import org.medcue.model.visits.VisitNetwork;
import org.medcue.model.visits.Vocabulary;

/** One patient of six visits: the first has no history, one no drugs, one no diagnoses. */
class BaselineGoldenTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int VISITS = 6;
  private static final float NO_DROPOUT = 0;

  private enum File {
    REGRESSION("baseline-regression.json"),
    RETAIN("baseline-retain.json"),
    TRANSFORMER("baseline-transformer.json");

    private final String name;

    File(String name) {
      this.name = name;
    }

    private VisitNetwork network(Vocabulary vocabulary, JsonNode config) {
      if (this == REGRESSION) {
        return new RegressionNetwork(vocabulary, true);
      }
      int size = config.required("size").intValue();
      return this == RETAIN
          ? new RetainNetwork(vocabulary, size, NO_DROPOUT)
          : new VisitTransformerNetwork(
              vocabulary,
              size,
              config.required("layers").intValue(),
              config.required("heads").intValue(),
              config.required("feedForward").intValue(),
              NO_DROPOUT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void logitsAreThoseOfTheDefinition(File file) throws IOException {
    Golden golden = Golden.read(file.name);
    golden.assertEquals(logits(file, golden, IntStream.range(0, VISITS)), "expected");
  }

  @ParameterizedTest
  @EnumSource
  void oneTargetAloneGetsTheSame(File file) throws IOException {
    Golden golden = Golden.read(file.name);
    float[] expected = golden.values("expected");
    for (int target = 0; target < VISITS; target++) {
      assertThat(logits(file, golden, IntStream.of(target)))
          .containsExactly(Arrays.copyOfRange(expected, 3 * target, 3 * target + 3), within(1e-5f));
    }
  }

  private static float[] logits(File file, Golden golden, IntStream targets) throws IOException {
    Vocabulary vocabulary = JSON.treeToValue(golden.get("vocabulary"), Vocabulary.class);
    VisitBatch batch = new VisitBatch(vocabulary.labels().size());
    PatientBatches.add(batch, visits(golden, vocabulary), targets.boxed().toList());
    VisitNetwork network = file.network(vocabulary, golden.get("config"));
    try (VisitModel model = VisitModel.initialise(vocabulary, network, 1)) {
      golden.setWeights(model.parameters());
      try (NetworkScorer scorer = new NetworkScorer(model, SmallCohort.KNOWLEDGE)) {
        float[][] rows = scorer.logits(batch);
        float[] flat = new float[rows.length * batch.labelCount()];
        for (int row = 0; row < rows.length; row++) {
          System.arraycopy(rows[row], 0, flat, row * batch.labelCount(), batch.labelCount());
        }
        return flat;
      }
    }
  }

  private static List<EncodedVisit> visits(Golden golden, Vocabulary vocabulary) {
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
    return visits;
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
