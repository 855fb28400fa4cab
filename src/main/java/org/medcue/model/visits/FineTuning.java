package org.medcue.model.visits;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.Visit;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.learning.TrainingPhase;
import org.medcue.model.nn.Scalars;

/**
 * Fine-tuning (MR-KPA, equation 11 with its two slips mended): binary cross-entropy summed over the
 * label space, for every visit at which something was ordered, first visits included, so that what
 * stands for a missing history is learned too. Networks other than MR-KPA are trained by it alone.
 *
 * <p>Batches are whole patients in random order, up to a number of targets.
 */
public class FineTuning extends TrainingPhase<FineTuning.Batch> {

  /**
   * What a step is computed from.
   *
   * @param visits the batch
   * @param patients places of its patients among those trained on
   */
  public record Batch(VisitBatch visits, List<Integer> patients) {}

  private record Patient(int place, List<EncodedVisit> visits, List<Integer> targets) {}

  private final VisitModel model;
  private final List<Patient> patients;

  /**
   * Prepares training on some patients; those without any order are left out.
   *
   * @throws IllegalArgumentException if nobody has an order
   */
  public FineTuning(
      VisitModel model,
      KnowledgeBase knowledge,
      List<PatientRecord> trainingPatients,
      Schedule schedule) {
    this(model, patients(model, knowledge, trainingPatients), schedule);
  }

  private FineTuning(VisitModel model, List<Patient> patients, Schedule schedule) {
    super(
        "fine-tuning",
        model.manager(),
        model.parameters(),
        schedule,
        batches(patients, schedule.batch(), model.vocabulary().labels().size()).size());
    this.model = model;
    this.patients = patients;
  }

  private static List<Patient> patients(
      VisitModel model, KnowledgeBase knowledge, List<PatientRecord> records) {
    VisitEncoding encoding = new VisitEncoding(model.vocabulary(), knowledge);
    CodeCoverage coverage = new CodeCoverage();
    List<Patient> patients = new ArrayList<>();
    for (int place = 0; place < records.size(); place++) {
      List<EncodedVisit> visits = new ArrayList<>();
      for (Visit visit : records.get(place).visits()) {
        visits.add(encoding.encode(visit, coverage));
      }
      List<Integer> targets =
          IntStream.range(0, visits.size()).filter(t -> visits.get(t).hasDrugs()).boxed().toList();
      if (!targets.isEmpty()) {
        patients.add(new Patient(place, visits, targets));
      }
    }
    if (patients.isEmpty()) {
      throw new IllegalArgumentException("no training patient has a visit with a drug order");
    }
    return patients;
  }

  @Override
  public int unitsAnEpoch() {
    return patients.stream().mapToInt(patient -> patient.targets.size()).sum();
  }

  @Override
  protected List<Batch> batches(Random random) {
    List<Patient> order = new ArrayList<>(patients);
    Collections.shuffle(order, random);
    return batches(order, schedule().batch(), model.vocabulary().labels().size());
  }

  private static List<Batch> batches(List<Patient> order, int batchTargets, int labels) {
    List<Batch> batches = new ArrayList<>();
    Batch batch = new Batch(new VisitBatch(labels), new ArrayList<>());
    for (Patient patient : order) {
      for (int from = 0; from < patient.targets.size(); from += batchTargets) {
        int to = Math.min(patient.targets.size(), from + batchTargets);
        PatientBatches.add(batch.visits, patient.visits, patient.targets.subList(from, to));
        batch.patients.add(patient.place);
        if (batch.visits.targetCount() >= batchTargets) {
          batches.add(batch);
          batch = new Batch(new VisitBatch(labels), new ArrayList<>());
        }
      }
    }
    if (batch.visits.targetCount() > 0) {
      batches.add(batch);
    }
    return batches;
  }

  @Override
  protected int units(Batch batch) {
    return batch.visits.targetCount();
  }

  @Override
  protected String origin(Batch batch) {
    return "training patients number "
        + batch.patients.stream().map(p -> String.valueOf(p + 1)).collect(Collectors.joining(", "))
        + " in order of identifier";
  }

  @Override
  protected double accumulateGradients(Batch batch, NDManager arrays) {
    return pass(batch.visits, arrays);
  }

  /** A network's logits (B, M) for a batch. */
  protected NDArray logits(VisitBatch batch, NDManager arrays) {
    NDArray table = model.network().tokenTable(store(), arrays, true);
    return model.network().logits(store(), arrays, table, batch, true);
  }

  /** One forward and backward pass, which adds to the gradients. Returns the summed loss. */
  protected final double pass(VisitBatch batch, NDManager arrays) {
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray logits = logits(batch, arrays);
      Shape shape = new Shape(batch.targetCount(), batch.labelCount());
      NDArray total = binaryCrossEntropy(logits, arrays.create(batch.answers(), shape)).sum();
      // A fixed divisor: a smaller batch is a smaller step, so each visit weighs the same.
      collector.backward(Scalars.scale(total, 1.0 / schedule().batch()));
      return total.getFloat();
    }
  }

  /** Elementwise, from logits, without overflow: max(x, 0) − x·y + log(1 + e^−|x|). */
  public static NDArray binaryCrossEntropy(NDArray logits, NDArray answers) {
    return Activation.relu(logits)
        .sub(logits.mul(answers))
        .add(Activation.softPlus(logits.abs().neg()));
  }
}
