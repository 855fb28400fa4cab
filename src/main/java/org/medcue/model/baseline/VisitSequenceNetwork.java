package org.medcue.model.baseline;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.initializer.NormalInitializer;
import java.util.List;
import org.medcue.model.nn.Tables;
import org.medcue.model.visits.PaddedSets;
import org.medcue.model.visits.TokenSet;
import org.medcue.model.visits.VisitBatch;
import org.medcue.model.visits.VisitNetwork;
import org.medcue.model.visits.Vocabulary;

/**
 * A network over the sequence of visit vectors, the present visit first and then back in time to
 * the 32nd visit before it; older ones are cut. A visit vector is the sum of the vectors of the
 * visit's codes, of the present visit without its drugs. A code's vector is one of its own plus one
 * of the pair of code and role: role vectors shared by all codes would leave no trace in a sum of
 * which code was the reason.
 *
 * <p>Each set starts with its field's [CLS], which so adds a constant to every visit.
 *
 * <p>Shapes: T tokens, R roles, U distinct sets, L longest set of a bucket, N visits, B targets, S
 * positions in the sequence, l vector size, M labels.
 */
abstract class VisitSequenceNetwork extends VisitNetwork {

  /** Earlier visits that are read. */
  static final int MOST_VISITS = 32;

  /** S. */
  static final int POSITIONS = 1 + MOST_VISITS;

  private final int tokens;
  private final int size;
  private final float dropout;
  private final Parameter codes;
  private final Parameter codesInRoles;

  VisitSequenceNetwork(Vocabulary vocabulary, int size, float dropout) {
    super(vocabulary.labels().size());
    this.tokens = vocabulary.symptomOffset() + vocabulary.symptoms().size();
    this.size = size;
    this.dropout = dropout;
    codes = parameter("codes", new Shape(tokens, size), new NormalInitializer(0.1f));
    codesInRoles =
        parameter(
            "codesInRoles",
            new Shape(tokens, (long) TokenSet.ROLES * size),
            new ConstantInitializer(0));
  }

  final Parameter parameter(String name, Shape shape, Initializer initializer) {
    return addParameter(
        Parameter.builder()
            .setName(name)
            .setType(Parameter.Type.OTHER)
            .optShape(shape)
            .optInitializer(initializer)
            .build());
  }

  /** The vector of each token in each role (T · R, l), the roles of a token in a row. */
  @Override
  public final NDArray tokenTable(ParameterStore store, NDManager manager, boolean training) {
    var device = manager.getDevice();
    NDArray own = store.getValue(codes, device, training).reshape(tokens, 1, size);
    NDArray inRoles =
        store.getValue(codesInRoles, device, training).reshape(tokens, TokenSet.ROLES, size);
    return inRoles.add(own).reshape((long) tokens * TokenSet.ROLES, size);
  }

  @Override
  public final NDArray logits(
      ParameterStore store,
      NDManager manager,
      NDArray tokenTable,
      VisitBatch batch,
      boolean training) {
    int b = batch.targetCount();
    NDArray sets = setVectors(manager, tokenTable, batch.buckets()); // (U, l)
    NDArray rows =
        Tables.rows(manager.create(batch.presentDiagnosisRows()), sets)
            .add(Tables.rows(manager.create(batch.presentSymptomRows()), sets)); // (B, l)
    if (batch.visitCount() > 0) {
      NDArray visits =
          Tables.rows(manager.create(batch.diagnosisRows()), sets)
              .add(Tables.rows(manager.create(batch.symptomRows()), sets))
              .add(Tables.rows(manager.create(batch.drugRows()), sets)); // (N, l)
      rows = rows.concat(visits, 0); // (B + N, l)
    }
    float[] present = new float[b * POSITIONS];
    NDArray order = manager.create(order(batch, present), new Shape(b, POSITIONS));
    NDArray mask = manager.create(present, new Shape(b, POSITIONS));
    NDArray sequence = Tables.rows(order, rows).mul(mask.expandDims(2)); // (B, S, l)
    return logits(store, sequence, mask, training);
  }

  /**
   * Logits (B, M).
   *
   * @param sequence visit vectors (B, S, l), the present one first, zeros where there is no visit
   * @param mask (B, S), 1 for a visit
   */
  abstract NDArray logits(ParameterStore store, NDArray sequence, NDArray mask, boolean training);

  /** The sums of the code vectors of sets (U, l), bucket after bucket. */
  private static NDArray setVectors(
      NDManager manager, NDArray table, List<List<TokenSet>> buckets) {
    NDList vectors = new NDList();
    for (List<TokenSet> bucket : buckets) {
      PaddedSets sets = PaddedSets.of(bucket);
      long[] rows = new long[sets.tokens().length];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = sets.tokens()[i] * TokenSet.ROLES + sets.roles()[i];
      }
      NDArray mask = manager.create(sets.mask(), sets.shape()).expandDims(2); // (·, L, 1)
      NDArray codes = Tables.rows(manager.create(rows, sets.shape()), table); // (·, L, l)
      vectors.add(codes.mul(mask).sum(new int[] {1}));
    }
    // DJL copies a list of one, and its copy has no gradient.
    return vectors.size() == 1 ? vectors.head() : NDArrays.concat(vectors);
  }

  /** Rows (B, S) of the sequence's visits, those of the targets first; marks them in the mask. */
  private static long[] order(VisitBatch batch, float[] mask) {
    int[][] recent = batch.recentVisits(MOST_VISITS);
    long[] order = new long[mask.length];
    for (int b = 0; b < recent.length; b++) {
      int start = b * POSITIONS;
      order[start] = b;
      mask[start] = 1;
      for (int i = 0; i < MOST_VISITS; i++) {
        if (recent[b][i] >= 0) {
          order[start + 1 + i] = recent.length + recent[b][i];
          mask[start + 1 + i] = 1;
        }
      }
    }
    return order;
  }

  /** Drops in training. */
  final NDArray drop(NDArray x, boolean training) {
    return training && dropout > 0 ? Dropout.dropout(x, dropout, true).singletonOrThrow() : x;
  }
}
