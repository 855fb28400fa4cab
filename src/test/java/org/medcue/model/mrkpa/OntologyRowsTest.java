package org.medcue.model.mrkpa;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.clinical.Visit;
import org.medcue.model.visits.CodeVocabulary;
import org.medcue.model.visits.VisitBatch;

/** The public code of the paper reads ontology rows off by the number of symptoms. */
class OntologyRowsTest {

  private static final Set<String> DIAGNOSES = Set.of("E11.9", "I10");
  private static final Set<String> DRUGS = Set.of("314076", "105585");

  /** The rows with a gradient are those read: of the visit's codes and their ancestors. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void rowsReadAreTheVisitsOwnHoweverManySymptomsItHas(int symptoms) {
    Visit visit =
        SmallCohort.visit(
            0, DIAGNOSES, new TreeSet<>(SmallCohort.SYMPTOMS.subList(0, symptoms)), DRUGS);
    try (MrKpaModel model = SmallCohort.untrained(3);
        NDManager arrays = model.manager().newSubManager()) {
      VisitBatch batch = new VisitBatch(model.vocabulary().labels().size());
      batch.addVisit(TinyNetwork.encoded(model, SmallCohort.patient("p", visit)).get(0));
      ParameterStore store = new ParameterStore(model.manager(), false);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray table = model.network().tokenTable(store, arrays, false);
        NDArray sets = model.network().setVectors(store, arrays, table, batch.buckets(), false);
        NDArray read =
            MrKpaNetwork.rows(arrays, sets, batch.diagnosisRows())
                .add(MrKpaNetwork.rows(arrays, sets, batch.drugRows()));
        NDArray uneven = arrays.arange(0, model.config().size(), 1).sin(); // a norm has no sum
        collector.backward(read.mul(uneven).sum());
      }

      assertThat(rowsWithGradient(model, "diagnosisTree.nodes"))
          .isEqualTo(paths(model.vocabulary().diagnoses(), DIAGNOSES));
      assertThat(rowsWithGradient(model, "drugTree.nodes"))
          .isEqualTo(paths(model.vocabulary().drugs(), DRUGS));
      assertThat(rowsWithGradient(model, "symptoms")).isEmpty();
    }
  }

  private static Set<Integer> rowsWithGradient(MrKpaModel model, String table) {
    NDArray weights = Objects.requireNonNull(model.parameters().get(table)).getArray();
    float[] gradient = weights.getGradient().toFloatArray();
    int columns = (int) weights.getShape().get(1);
    Set<Integer> rows = new TreeSet<>();
    for (int i = 0; i < gradient.length; i++) {
      if (gradient[i] != 0) {
        rows.add(i / columns);
      }
    }
    return rows;
  }

  private static Set<Integer> paths(CodeVocabulary codes, Set<String> of) {
    Set<Integer> rows = new TreeSet<>();
    for (String code : of) {
      int index = codes.indexOf(code).orElseThrow();
      for (int node : List.of(codes.paths()).get(index)) {
        rows.add(node);
      }
    }
    return rows;
  }
}
