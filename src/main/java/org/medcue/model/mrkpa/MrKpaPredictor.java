package org.medcue.model.mrkpa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.DrugPrediction;
import org.medcue.clinical.Explanation;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.ScoredDrug;
import org.medcue.clinical.Visit;
import org.medcue.clinical.VisitSequence;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.DrugPredictor;
import org.medcue.model.ModelFolder;

/**
 * Predicts with fixed weights. The token table, all of graph attention, is computed once.
 *
 * <p>Thread-safe: weights are only read, and each call keeps its own arrays.
 */
public final class MrKpaPredictor implements DrugPredictor {

  private final MrKpaModel model;
  private final boolean ownsModel;
  private final NDManager manager;
  private final VisitEncoding encoding;
  private final ParameterStore store;
  private final NDArray tokenTable;
  private final List<DrugCode> labels;
  private final Map<String, Integer> labelIndex;

  /** Predicts with the weights that the model has now; closing leaves the model open. */
  public MrKpaPredictor(MrKpaModel model, KnowledgeBase knowledge) {
    this(model, knowledge, false);
  }

  private MrKpaPredictor(MrKpaModel model, KnowledgeBase knowledge, boolean ownsModel) {
    this.model = model;
    this.ownsModel = ownsModel;
    this.manager = model.manager().newSubManager();
    this.encoding = new VisitEncoding(model.vocabulary(), knowledge);
    this.store = new ParameterStore(model.manager(), false);
    this.labels = model.vocabulary().labels().stream().map(DrugCode::new).toList();
    this.labelIndex = model.vocabulary().labelIndex();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      tokenTable = model.network().tokenTable(store, manager, false);
      NDScope.unregister(tokenTable);
      tokenTable.attach(manager);
    }
  }

  /**
   * Loads a verified version.
   *
   * @throws org.medcue.model.ModelException if its files do not fit each other
   */
  public static MrKpaPredictor load(ModelFolder folder, KnowledgeBase knowledge) {
    return new MrKpaPredictor(MrKpaModel.load(folder), knowledge, true);
  }

  @Override
  public DrugPrediction predict(VisitSequence visits) {
    CodeCoverage coverage = new CodeCoverage();
    VisitBatch batch = new VisitBatch(labels.size());
    int[] history = new int[visits.history().size()];
    for (int i = 0; i < history.length; i++) {
      history[i] = batch.addVisit(encoding.encode(visits.history().get(i), coverage));
    }
    batch.addTarget(encoding.encode(visits.present(), coverage), history, new int[0]);
    return new DrugPrediction(ranked(logits(batch)[0]), coverage.omissions());
  }

  /**
   * Scores several visits of one patient, each as if it were present.
   *
   * @param targets indices of the visits
   * @param coverage counts the codes of all visits of the patient
   * @return for each target every drug of the label space, most probable first
   */
  public List<List<ScoredDrug>> predictAll(
      PatientRecord patient, List<Integer> targets, CodeCoverage coverage) {
    List<EncodedVisit> encoded = new ArrayList<>();
    for (Visit visit : patient.visits()) {
      encoded.add(encoding.encode(visit, coverage));
    }
    List<List<ScoredDrug>> all = new ArrayList<>();
    for (VisitBatch batch : PatientBatches.of(encoded, targets, labels.size())) {
      for (float[] row : logits(batch)) {
        all.add(ranked(row));
      }
    }
    return all;
  }

  @Override
  public List<Explanation> explain(VisitSequence visits, List<DrugCode> drugs) {
    LeaveOneOut parts = LeaveOneOut.of(visits, encoding, labels.size());
    float[][] logits = logits(parts.batch());
    return drugs.stream()
        .map(
            drug -> {
              Integer label = labelIndex.get(drug.value());
              if (label == null) {
                throw new IllegalArgumentException("the drug is not in the label space");
              }
              return parts.explain(drug, logits, label);
            })
        .toList();
  }

  private float[][] logits(VisitBatch batch) {
    try (NDScope scope = new NDScope();
        NDManager arrays = manager.newSubManager()) {
      scope.suppressNotUsedWarning();
      NDArray sets = model.network().setVectors(store, arrays, tokenTable, batch, false);
      float[] flat = model.network().logits(store, arrays, sets, batch, false).toFloatArray();
      float[][] rows = new float[batch.targetCount()][labels.size()];
      for (int row = 0; row < rows.length; row++) {
        System.arraycopy(flat, row * labels.size(), rows[row], 0, labels.size());
      }
      return rows;
    }
  }

  private List<ScoredDrug> ranked(float[] logits) {
    List<ScoredDrug> drugs = new ArrayList<>(logits.length);
    for (int i = 0; i < logits.length; i++) {
      drugs.add(new ScoredDrug(labels.get(i), 1 / (1 + Math.exp(-logits[i]))));
    }
    drugs.sort(Comparator.comparingDouble(ScoredDrug::probability).reversed());
    return drugs;
  }

  @Override
  public void close() {
    manager.close();
    if (ownsModel) {
      model.close();
    }
  }
}
