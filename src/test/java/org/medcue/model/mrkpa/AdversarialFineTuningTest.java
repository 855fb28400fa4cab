package org.medcue.model.mrkpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.model.learning.TrainingPhase;
import org.medcue.model.visits.FineTuning;
import org.medcue.model.visits.TokenSet;
import org.medcue.model.visits.VisitBatch;
import org.medcue.model.visits.Vocabulary;

/** What the fast gradient method moves, how far, which way, and that it puts everything back. */
class AdversarialFineTuningTest {

  private static final List<String> TABLES = List.of("diagnosisTree.nodes", "drugTree.nodes");

  private final MrKpaModel model = TinyNetwork.model(true);
  private final VisitBatch batch = TinyNetwork.batch(model, TinyNetwork.patients());

  AdversarialFineTuningTest() throws IOException {}

  @AfterEach
  void close() {
    model.close();
  }

  private AdversarialFineTuning tuning(Attack.Target target, double epsilon) {
    try {
      return new AdversarialFineTuning(
          model,
          SmallCohort.KNOWLEDGE,
          TinyNetwork.patients(),
          new TrainingPhase.Schedule(1, 4, 1e-2f, 0, 1),
          new Attack(target, (float) epsilon));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, float[]> weights() {
    Map<String, float[]> weights = new HashMap<>();
    model.parameters().forEach((name, p) -> weights.put(name, p.getArray().toFloatArray()));
    return weights;
  }

  /** The weights as they were farthest from those before, seen from inside the passes. */
  private Map<String, float[]> attackedWeights(double epsilon) {
    Map<String, float[]> before = weights();
    Map<String, float[]> attacked = new HashMap<>();
    accumulate(
        tuning(Attack.Target.TABLES, epsilon),
        () ->
            weights()
                .forEach(
                    (name, now) -> {
                      if (!Arrays.equals(now, before.get(name))) {
                        attacked.put(name, now);
                      }
                    }));
    return attacked;
  }

  private double accumulate(AdversarialFineTuning tuning, Runnable watch) {
    try (tuning;
        NDScope scope = new NDScope();
        NDManager arrays = model.manager().newSubManager()) {
      scope.suppressNotUsedWarning();
      return tuning.accumulateGradients(
          new FineTuning.Batch(batch, List.of(0, 1)), WatchedManager.of(arrays, watch));
    }
  }

  private static double length(float[] from, float[] to) {
    double squares = 0;
    for (int i = 0; i < from.length; i++) {
      squares += Math.pow((double) to[i] - from[i], 2);
    }
    return Math.sqrt(squares);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1, 3})
  void wholeTableOfEachOntologyIsMovedByEpsilonAndNothingElse(double epsilon) {
    Map<String, float[]> before = weights();

    Map<String, float[]> attacked = attackedWeights(epsilon);

    assertThat(attacked).containsOnlyKeys(TABLES);
    attacked.forEach(
        (name, now) ->
            assertThat(length(required(before, name), now))
                .as(name)
                .isCloseTo(epsilon, within(1e-5)));
  }

  private static float[] required(Map<String, float[]> map, String name) {
    return Objects.requireNonNull(map.get(name), name);
  }

  /** The sign of equation 12: with the paper's minus the attacked loss would be lower. */
  @Test
  void movedTablesMakeTheLossWorse() {
    double before = loss();
    Map<String, float[]> attacked = attackedWeights(0.01);
    attacked.forEach((name, now) -> parameter(name).getArray().set(now));

    // A gradient of length g promises ε · g; it is about 2 for either table.
    assertThat(loss()).isGreaterThan(before + 0.01);
  }

  private Parameter parameter(String name) {
    return Objects.requireNonNull(model.parameters().get(name), name);
  }

  /** Rows of the offsets that were added to the visit vectors in the second pass. */
  private float[][] attackedVectors(double epsilon) {
    AdversarialFineTuning tuning = tuning(Attack.Target.VISITS, epsilon);
    List<float[][]> seen = new ArrayList<>();
    accumulate(
        tuning,
        () -> {
          NDArray now = offsets(tuning);
          if (now != null) {
            seen.add(rows(now));
          }
        });
    assertThat(offsets(tuning)).isNull();
    return seen.get(seen.size() - 1);
  }

  private static @Nullable NDArray offsets(AdversarialFineTuning tuning) {
    try {
      Field field = AdversarialFineTuning.class.getDeclaredField("offsets");
      field.setAccessible(true);
      return (@Nullable NDArray) field.get(tuning);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static float[][] rows(NDArray table) {
    int columns = (int) table.getShape().get(1);
    float[] flat = table.toFloatArray();
    float[][] rows = new float[flat.length / columns][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = Arrays.copyOfRange(flat, row * columns, (row + 1) * columns);
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1, 3})
  void eachDiagnosisAndDrugVectorIsMovedByEpsilonAndNoSymptomVector(double epsilon) {
    List<TokenSet> sets = batch.buckets().stream().flatMap(List::stream).toList();

    float[][] moved = attackedVectors(epsilon);

    assertThat(moved.length).isEqualTo(sets.size());
    TreeSet<Integer> fields = new TreeSet<>();
    for (int row = 0; row < moved.length; row++) {
      int cls = sets.get(row).token(0);
      fields.add(cls);
      double expected = cls == Vocabulary.CLS_SYMPTOMS ? 0 : epsilon;
      assertThat(length(new float[moved[row].length], moved[row]))
          .as("set %d of field %d", row, cls)
          .isCloseTo(expected, within(1e-5));
    }
    assertThat(fields).hasSize(3);
  }

  @Test
  void movedVectorsMakeTheLossWorse() {
    double before = loss();

    assertThat(loss(attackedVectors(0.01))).isGreaterThan(before + 0.01);
  }

  private double loss() {
    long sets = batch.buckets().stream().mapToLong(List::size).sum();
    return loss(new float[(int) sets][8]);
  }

  private double loss(float[][] offsets) {
    try (NDScope scope = new NDScope();
        NDManager arrays = model.manager().newSubManager()) {
      scope.suppressNotUsedWarning();
      ParameterStore store = new ParameterStore(model.manager(), false);
      NDArray table = model.network().tokenTable(store, arrays, true);
      NDArray sets = model.network().setVectors(store, arrays, table, batch.buckets(), true);
      NDArray moved = sets.add(arrays.create(offsets));
      NDArray logits = model.network().headOver(store, arrays, moved, batch, true);
      Shape shape = new Shape(batch.targetCount(), batch.labelCount());
      NDArray answers = arrays.create(batch.answers(), shape);
      return FineTuning.binaryCrossEntropy(logits, answers).sum().getFloat();
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyWeightIsPutBackToTheBit(Attack.Target target) {
    Map<String, List<Integer>> before = TinyNetwork.bits(model);
    for (double epsilon :
        new double[] {0.37, 1e4}) { // adding and taking away would not give it back
      accumulate(tuning(target, epsilon), () -> {});

      assertThat(TinyNetwork.bits(model)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void everyWeightIsPutBackWhenTheSecondPassFails(Attack.Target target) {
    Map<String, List<Integer>> before = TinyNetwork.bits(model);
    double clean = loss();
    AdversarialFineTuning tuning = tuning(target, 1);
    Map<String, float[]> own = weights();
    Runnable failing =
        () -> {
          NDArray offsets = offsets(tuning);
          boolean vectorsMoved = offsets != null && offsets.abs().sum().getFloat() > 0;
          boolean tablesMoved =
              TABLES.stream()
                  .anyMatch(
                      name ->
                          !Arrays.equals(parameter(name).getArray().toFloatArray(), own.get(name)));
          if (vectorsMoved || tablesMoved) {
            throw new IllegalStateException("second pass");
          }
        };

    assertThatThrownBy(() -> accumulate(tuning, failing)).hasMessage("second pass");
    assertThat(TinyNetwork.bits(model)).isEqualTo(before);
    assertThat(offsets(tuning)).isNull();
    assertThat(loss()).isEqualTo(clean);
  }

  @Test
  void lossThatIsReportedIsTheCleanOne() {
    double clean = loss();
    for (Attack.Target target : Attack.Target.values()) {
      assertThat(accumulate(tuning(target, 1), () -> {})).as("%s", target).isEqualTo(clean);
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -1, Float.NaN})
  void lengthThatIsNotPositiveIsRefused(float epsilon) {
    assertThatThrownBy(() -> new Attack(Attack.Target.TABLES, epsilon))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("epsilon");
  }
}
