package org.medcue.model.mrkpa;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.Visit;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.learning.LearnedModel;
import org.medcue.model.learning.TensorFile;
import org.medcue.model.learning.TrainingPhase;
import org.medcue.model.nn.Scalars;
import org.medcue.model.nn.Torch;
import org.medcue.model.visits.CodeCoverage;
import org.medcue.model.visits.EncodedVisit;
import org.medcue.model.visits.FineTuning;
import org.medcue.model.visits.VisitBatch;
import org.medcue.model.visits.VisitEncoding;

/**
 * Pre-training on single visits (MR-KPA, equations 5–9 with their slips mended): from each of the
 * three visit vectors of a masked visit, the codes of its own field (Mask EMR Field) and of the two
 * others (Correlation Prediction, all six directions) are predicted, each by a head of its own. The
 * loss is the binary cross-entropy summed over codes and over the nine predictions.
 *
 * <p>It trains the embeddings, graph attention and the encoder; the heads are dropped afterwards.
 */
public final class PreTraining extends TrainingPhase<List<PreTraining.SingleVisit>> {

  /**
   * A visit alone, without its patient's other visits.
   *
   * @param patient place of its patient among those trained on, for errors only
   */
  record SingleVisit(int patient, EncodedVisit visit) {}

  private final MrKpaModel model;
  private final List<SingleVisit> visits;
  private final List<FieldCodes> fields; // diagnoses, drugs, symptoms
  private final PreTrainingHeads heads;
  private Random maskRandom = new Random(0);

  /**
   * Prepares pre-training on all visits of some patients.
   *
   * @throws IllegalArgumentException if there is no visit with a code
   */
  public static PreTraining of(
      MrKpaModel model, KnowledgeBase knowledge, List<PatientRecord> patients, Schedule schedule) {
    VisitEncoding encoding = new VisitEncoding(model.vocabulary(), knowledge);
    CodeCoverage coverage = new CodeCoverage();
    List<SingleVisit> visits = new ArrayList<>();
    for (int place = 0; place < patients.size(); place++) {
      for (Visit visit : patients.get(place).visits()) {
        visits.add(new SingleVisit(place, encoding.encode(visit, coverage)));
      }
    }
    visits.removeIf(visit -> isEmpty(visit.visit));
    if (visits.isEmpty()) {
      throw new IllegalArgumentException("no visit to pre-train on has a code");
    }
    List<EncodedVisit> encoded = visits.stream().map(SingleVisit::visit).toList();
    List<FieldCodes> fields =
        List.of(
            FieldCodes.of(encoded, EncodedVisit::diagnoses),
            FieldCodes.of(encoded, EncodedVisit::drugs),
            FieldCodes.of(encoded, EncodedVisit::symptoms));
    PreTrainingHeads heads = new PreTrainingHeads(model.config().size(), fields);
    Torch.seed(schedule.seed());
    heads.initialize(model.manager(), DataType.FLOAT32, new Shape(1));
    return new PreTraining(model, List.copyOf(visits), fields, heads, schedule);
  }

  private static boolean isEmpty(EncodedVisit visit) {
    return visit.diagnoses().length() + visit.drugs().length() + visit.symptoms().length() == 3;
  }

  private PreTraining(
      MrKpaModel model,
      List<SingleVisit> visits,
      List<FieldCodes> fields,
      PreTrainingHeads heads,
      Schedule schedule) {
    super(
        "pre-training",
        model.manager(),
        trained(model, heads),
        schedule,
        (visits.size() + schedule.batch() - 1) / schedule.batch());
    this.model = model;
    this.visits = visits;
    this.fields = fields;
    this.heads = heads;
  }

  private static Map<String, Parameter> trained(MrKpaModel model, PreTrainingHeads heads) {
    Map<String, Parameter> trained = new LinkedHashMap<>();
    model
        .parameters()
        .forEach(
            (name, parameter) -> {
              if (MrKpaNetwork.encodesVisits(name)) {
                trained.put(name, parameter);
              }
            });
    LearnedModel.parametersOf(heads).forEach((name, p) -> trained.put("heads." + name, p));
    return trained;
  }

  @Override
  public int unitsAnEpoch() {
    return visits.size();
  }

  @Override
  protected List<List<SingleVisit>> batches(Random random) {
    List<SingleVisit> order = new ArrayList<>(visits);
    Collections.shuffle(order, random);
    maskRandom = new Random(random.nextLong());
    List<List<SingleVisit>> batches = new ArrayList<>();
    for (int from = 0; from < order.size(); from += schedule().batch()) {
      batches.add(order.subList(from, Math.min(order.size(), from + schedule().batch())));
    }
    return batches;
  }

  @Override
  protected int units(List<SingleVisit> batch) {
    return batch.size();
  }

  @Override
  protected String origin(List<SingleVisit> batch) {
    return "visits of training patients number "
        + batch.stream()
            .map(visit -> visit.patient + 1)
            .distinct()
            .sorted()
            .map(String::valueOf)
            .collect(Collectors.joining(", "))
        + " in order of identifier";
  }

  @Override
  protected double accumulateGradients(List<SingleVisit> batch, NDManager arrays) {
    FieldMasking masking =
        new FieldMasking(fields.get(0), fields.get(1), fields.get(2), maskRandom);
    List<EncodedVisit> whole = batch.stream().map(SingleVisit::visit).toList();
    List<EncodedVisit> masked = whole.stream().map(masking::mask).toList();
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray total = loss(masked, whole, arrays);
      collector.backward(Scalars.scale(total, 1.0 / schedule().batch()));
      return total.getFloat();
    }
  }

  /** The loss of equation 9, summed over visits: inputs masked, answers whole. */
  NDArray loss(List<EncodedVisit> masked, List<EncodedVisit> whole, NDManager arrays) {
    NDList vectors = visitVectors(masked, arrays);
    NDArray total = arrays.zeros(new Shape());
    for (int to = 0; to < fields.size(); to++) {
      FieldCodes codes = fields.get(to);
      NDArray answers =
          arrays.create(codes.multiHot(whole), new Shape(whole.size(), codes.count()));
      for (int from = 0; from < fields.size(); from++) {
        NDArray logits = heads.logits(store(), vectors.get(from), from, to); // (B, C)
        total = total.add(FineTuning.binaryCrossEntropy(logits, answers).sum());
      }
    }
    return total;
  }

  /** v_d, v_m and v_s of each visit: (B, l) each. */
  private NDList visitVectors(List<EncodedVisit> masked, NDManager arrays) {
    VisitBatch batch = new VisitBatch(model.vocabulary().labels().size());
    masked.forEach(batch::addVisit);
    NDArray table = model.network().tokenTable(store(), arrays, true);
    NDArray sets = model.network().setVectors(store(), arrays, table, batch.buckets(), true);
    return new NDList(
        MrKpaNetwork.rows(arrays, sets, batch.diagnosisRows()),
        MrKpaNetwork.rows(arrays, sets, batch.drugRows()),
        MrKpaNetwork.rows(arrays, sets, batch.symptomRows()));
  }

  @Override
  public Map<String, NDArray> state() {
    Map<String, NDArray> state = super.state();
    LearnedModel.parametersOf(heads).forEach((name, p) -> state.put("heads." + name, p.getArray()));
    return state;
  }

  @Override
  public void restore(int stepsDone, Map<String, float[]> state) {
    super.restore(stepsDone, state);
    LearnedModel.parametersOf(heads)
        .forEach((name, p) -> TensorFile.restore(p.getArray(), "heads." + name, state));
  }

  @Override
  public void close() {
    super.close();
    heads.clear();
  }
}
