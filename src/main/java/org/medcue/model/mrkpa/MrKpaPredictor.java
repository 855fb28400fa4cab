package org.medcue.model.mrkpa;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.medcue.clinical.Drug;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.DrugPrediction;
import org.medcue.clinical.Explanation;
import org.medcue.clinical.PatientEvidence;
import org.medcue.clinical.ScoredDrug;
import org.medcue.clinical.VisitEvidence;
import org.medcue.clinical.VisitSequence;
import org.medcue.knowledge.DrugTree;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.DrugPredictor;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.model.learning.Calibration;
import org.medcue.model.nn.DeviceChoice;
import org.medcue.model.visits.CodeCoverage;
import org.medcue.model.visits.LabelSpace;
import org.medcue.model.visits.NetworkScorer;
import org.medcue.model.visits.OrderableProducts;
import org.medcue.model.visits.VisitBatch;
import org.medcue.model.visits.Vocabulary;
import org.medcue.model.visits.VocabularyFit;

/**
 * Predicts for a service with a version's weights. Closing frees them.
 *
 * <p>Thread-safe: weights are only read, and each call keeps its own arrays.
 */
public final class MrKpaPredictor implements DrugPredictor {

  /** Bounds the tables of a pass: 4 MB each. */
  private static final long MOST_CELLS = 1 << 20;

  private final MrKpaModel model;
  private final boolean ownsModel;
  private final NetworkScorer scorer;
  private final Vocabulary vocabulary;
  private final Calibration calibration;
  private final OrderableProducts products;
  private final Map<String, Integer> labelIndex;

  /** Predicts products with the weights that the model has now; closing leaves the model open. */
  MrKpaPredictor(MrKpaModel model, KnowledgeBase knowledge) {
    this(model, OrderableProducts.themselves(model.vocabulary()), knowledge);
  }

  /** Predicts labels of any level, each given as its product; closing leaves the model open. */
  MrKpaPredictor(MrKpaModel model, OrderableProducts products, KnowledgeBase knowledge) {
    this(model, Calibration.none(), products, knowledge, false);
  }

  private MrKpaPredictor(
      MrKpaModel model,
      Calibration calibration,
      OrderableProducts products,
      KnowledgeBase knowledge,
      boolean ownsModel) {
    this.model = model;
    this.calibration = calibration;
    this.ownsModel = ownsModel;
    this.scorer = new NetworkScorer(model, knowledge);
    this.vocabulary = model.vocabulary();
    this.products = products;
    this.labelIndex = vocabulary.labelIndex();
  }

  /** Loads a verified version onto the CPU. */
  public static MrKpaPredictor load(ModelFolder folder, KnowledgeBase knowledge) {
    return load(folder, knowledge, DeviceChoice.CPU);
  }

  /**
   * Loads a verified version.
   *
   * @throws ModelException if its files do not fit each other or the knowledge, or the device is
   *     not there
   */
  public static MrKpaPredictor load(
      ModelFolder folder, KnowledgeBase knowledge, DeviceChoice device) {
    MrKpaModel model = MrKpaModel.load(folder, device);
    try {
      VocabularyFit.require(model.vocabulary(), knowledge, folder.file(MrKpaModel.VOCABULARY));
      OrderableProducts products =
          OrderableProducts.read(folder, model.vocabulary(), knowledge.drugs());
      return new MrKpaPredictor(model, Calibration.of(folder), products, knowledge, true);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  @Override
  public DrugPrediction predict(PatientEvidence evidence) {
    return predict(visitsOf(evidence));
  }

  @Override
  public List<DrugPrediction> predictAll(List<? extends PatientEvidence> patients) {
    List<VisitSequence> all = patients.stream().map(MrKpaPredictor::visitsOf).toList();
    List<DrugPrediction> predictions = new ArrayList<>();
    int from = 0;
    while (from < all.size()) {
      int to = endOfPass(all, from);
      predictions.addAll(predictTogether(all.subList(from, to)));
      from = to;
    }
    return predictions;
  }

  /** As many as one pass may take: its tables have a cell for each patient and visit of any. */
  private static int endOfPass(List<VisitSequence> patients, int from) {
    int to = from + 1;
    long visits = patients.get(from).history().size();
    while (to < patients.size()) {
      visits += patients.get(to).history().size();
      if (visits * (to + 1 - from) > MOST_CELLS) {
        break;
      }
      to++;
    }
    return to;
  }

  @Override
  public List<Explanation> explain(PatientEvidence evidence, List<? extends Drug> drugs) {
    return explain(visitsOf(evidence), drugs);
  }

  private static VisitSequence visitsOf(PatientEvidence evidence) {
    if (evidence instanceof VisitEvidence chart) {
      return chart.visits();
    }
    throw new IllegalArgumentException("MR-KPA reads visits, not a dialogue");
  }

  /** Scores every label for the present visit of a sequence. */
  public DrugPrediction predict(VisitSequence visits) {
    return predictTogether(List.of(visits)).get(0);
  }

  /**
   * Predicts for several patients in one forward pass.
   *
   * @param patients few enough that a table of all their visits by all of them fits into memory
   * @return the predictions in the same order, the same as one at a time but for rounding
   */
  public List<DrugPrediction> predictTogether(List<VisitSequence> patients) {
    if (patients.isEmpty()) {
      return List.of();
    }
    VisitBatch batch = new VisitBatch(vocabulary.labels().size());
    List<CodeCoverage> coverages = new ArrayList<>();
    for (VisitSequence visits : patients) {
      CodeCoverage coverage = new CodeCoverage();
      int[] history =
          visits.history().stream()
              .mapToInt(visit -> batch.addVisit(scorer.encoding().encode(visit, coverage)))
              .toArray();
      batch.addTarget(scorer.encoding().encode(visits.present(), coverage), history, new int[0]);
      coverages.add(coverage);
    }
    float[][] logits = scorer.logits(batch);
    return IntStream.range(0, logits.length)
        .mapToObj(i -> new DrugPrediction(ranked(logits[i]), coverages.get(i).omissions()))
        .toList();
  }

  /** Says what weighed most in the scores of some drugs that were predicted. */
  public List<Explanation> explain(VisitSequence visits, List<? extends Drug> drugs) {
    LeaveOneOut parts = LeaveOneOut.of(visits, scorer.encoding(), vocabulary.labels().size());
    float[][] logits = scorer.logits(parts.batch());
    return drugs.stream()
        .map(
            drug -> {
              Integer label = labelIndex.get(labelOf(drug));
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
      DrugCode product = products.productOf(vocabulary.labels().get(i));
      drugs.add(new ScoredDrug(product, calibration.apply(logits[i])));
    }
    drugs.sort(Comparator.comparingDouble(ScoredDrug::probability).reversed());
    return drugs;
  }

  @Override
  public Optional<String> widerLevel() {
    LabelSpace level = vocabulary.labelSpace();
    return level == LabelSpace.PRODUCT ? Optional.empty() : Optional.of(level.words());
  }

  @Override
  public String labelOf(Drug drug, DrugTree tree) {
    return labelOf(drug);
  }

  /** By the tree that the model was built on. */
  private String labelOf(Drug drug) {
    return drug instanceof DrugCode product ? scorer.labelOf(product) : drug.value();
  }

  @Override
  public long nativeBytes() {
    return model.nativeBytes() + scorer.nativeBytes();
  }

  @Override
  public void close() {
    scorer.close();
    if (ownsModel) {
      model.close();
    }
  }
}
