package org.medcue.model.visits;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.Visit;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.learning.LearnedModel;

/**
 * Scores with the weights that a model has at the moment of construction. The token table, all of
 * graph attention, is computed once. Closing leaves the model open.
 *
 * <p>Thread-safe: weights are only read, and each call keeps its own arrays.
 */
public final class NetworkScorer implements RecordScorer {

  private final VisitModel model;
  private final NDManager manager;
  private final VisitEncoding encoding;
  private final ParameterStore store;
  private final NDArray tokenTable;

  /** Computes the token table. */
  public NetworkScorer(VisitModel model, KnowledgeBase knowledge) {
    this.model = model;
    this.manager = model.manager().newSubManager();
    this.encoding = new VisitEncoding(model.vocabulary(), knowledge);
    this.store = new ParameterStore(model.manager(), false);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      tokenTable = model.network().tokenTable(store, manager, false);
      NDScope.unregister(tokenTable);
      tokenTable.attach(manager);
    }
  }

  @Override
  public List<String> labels() {
    return model.vocabulary().labels();
  }

  @Override
  public String labelOf(DrugCode drug) {
    return encoding.labelOf(drug);
  }

  @Override
  public float[][] score(PatientRecord patient, List<Integer> targets, CodeCoverage coverage) {
    List<EncodedVisit> encoded = new ArrayList<>();
    for (Visit visit : patient.visits()) {
      encoded.add(encoding.encode(visit, coverage));
    }
    List<float[]> probabilities = new ArrayList<>();
    for (VisitBatch batch : PatientBatches.of(encoded, targets, labels().size())) {
      for (float[] row : logits(batch)) {
        for (int i = 0; i < row.length; i++) {
          row[i] = (float) (1 / (1 + Math.exp(-row[i])));
        }
        probabilities.add(row);
      }
    }
    return probabilities.toArray(float[][]::new);
  }

  /** Logits (B, M) of a batch's targets. */
  public float[][] logits(VisitBatch batch) {
    int labels = labels().size();
    try (NDScope scope = new NDScope();
        NDManager arrays = manager.newSubManager()) {
      scope.suppressNotUsedWarning();
      float[] flat = model.network().logits(store, arrays, tokenTable, batch, false).toFloatArray();
      float[][] rows = new float[batch.targetCount()][labels];
      for (int row = 0; row < rows.length; row++) {
        System.arraycopy(flat, row * labels, rows[row], 0, labels);
      }
      return rows;
    }
  }

  /** How visits become tokens. */
  public VisitEncoding encoding() {
    return encoding;
  }

  /** Bytes of the token table; the weights are the model's. */
  public long nativeBytes() {
    return LearnedModel.nativeBytes(manager);
  }

  @Override
  public void close() {
    manager.close();
  }
}
