package org.medcue.model.mrkpa;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.DrugPrediction;
import org.medcue.clinical.Explanation;
import org.medcue.clinical.ScoredDrug;
import org.medcue.clinical.VisitSequence;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.DrugPredictor;
import org.medcue.model.ModelFolder;
import org.medcue.model.visits.CodeCoverage;
import org.medcue.model.visits.NetworkScorer;
import org.medcue.model.visits.VisitBatch;

/**
 * Predicts for a service with a version's weights. Closing frees them.
 *
 * <p>Thread-safe: weights are only read, and each call keeps its own arrays.
 */
public final class MrKpaPredictor implements DrugPredictor {

  private final MrKpaModel model;
  private final boolean ownsModel;
  private final NetworkScorer scorer;
  private final List<DrugCode> labels;
  private final Map<String, Integer> labelIndex;

  /** Predicts with the weights that the model has now; closing leaves the model open. */
  MrKpaPredictor(MrKpaModel model, KnowledgeBase knowledge) {
    this(model, knowledge, false);
  }

  private MrKpaPredictor(MrKpaModel model, KnowledgeBase knowledge, boolean ownsModel) {
    this.model = model;
    this.ownsModel = ownsModel;
    this.scorer = new NetworkScorer(model, knowledge);
    this.labels = model.vocabulary().labels().stream().map(DrugCode::new).toList();
    this.labelIndex = model.vocabulary().labelIndex();
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
      history[i] = batch.addVisit(scorer.encoding().encode(visits.history().get(i), coverage));
    }
    batch.addTarget(scorer.encoding().encode(visits.present(), coverage), history, new int[0]);
    return new DrugPrediction(ranked(scorer.logits(batch)[0]), coverage.omissions());
  }

  @Override
  public List<Explanation> explain(VisitSequence visits, List<DrugCode> drugs) {
    LeaveOneOut parts = LeaveOneOut.of(visits, scorer.encoding(), labels.size());
    float[][] logits = scorer.logits(parts.batch());
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
    scorer.close();
    if (ownsModel) {
      model.close();
    }
  }
}
