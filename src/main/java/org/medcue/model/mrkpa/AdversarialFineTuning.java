package org.medcue.model.mrkpa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.PatientRecord;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.nn.Torch;
import org.medcue.model.visits.FineTuning;
import org.medcue.model.visits.VisitBatch;

/**
 * Fine-tuning of MR-KPA with the fast gradient method: after the backward pass the embeddings are
 * moved along their gradient, a second backward pass adds its gradients, and the embeddings are put
 * back bit for bit before the weights move.
 */
public final class AdversarialFineTuning extends FineTuning {

  private final MrKpaNetwork network;
  private final Attack attack;
  private @Nullable NDArray offsets; // added to the visit vectors (U, l) of the pass under way

  /** See {@link FineTuning}. */
  public AdversarialFineTuning(
      MrKpaModel model,
      KnowledgeBase knowledge,
      List<PatientRecord> trainingPatients,
      Schedule schedule,
      Attack attack) {
    super(model, knowledge, trainingPatients, schedule);
    this.network = model.network();
    this.attack = attack;
  }

  @Override
  protected double accumulateGradients(Batch batch, NDManager arrays) {
    return switch (attack.target()) {
      case NONE -> pass(batch.visits(), arrays);
      case TABLES -> attackTables(batch.visits(), arrays);
      case VISITS -> attackVisits(batch.visits(), arrays);
    };
  }

  private double attackTables(VisitBatch batch, NDManager arrays) {
    double loss = pass(batch, arrays);
    Map<NDArray, NDArray> originals = new IdentityHashMap<>(); // arrays are equal by content
    try {
      for (Parameter table : network.ontologyTables()) {
        NDArray weights = table.getArray();
        originals.put(weights, weights.duplicate());
        weights.addi(towards(weights.getGradient(), new int[] {0, 1}));
      }
      pass(batch, arrays);
    } finally {
      originals.forEach((weights, original) -> Torch.copy(original, weights));
    }
    return loss;
  }

  private double attackVisits(VisitBatch batch, NDManager arrays) {
    long sets = batch.buckets().stream().mapToLong(List::size).sum();
    NDArray zero = arrays.zeros(new Shape(sets, network.size()));
    zero.setRequiresGradient(true);
    try {
      offsets = zero;
      double loss = pass(batch, arrays);
      NDArray attacked = arrays.create(diagnosisAndDrugRows(batch, sets), new Shape(sets, 1));
      offsets = towards(zero.getGradient(), new int[] {1}).mul(attacked);
      pass(batch, arrays);
      return loss;
    } finally {
      offsets = null;
    }
  }

  /** ε · g / ‖g‖, the norm over some axes; zero where the gradient is. */
  private NDArray towards(NDArray gradient, int[] axes) {
    NDArray norm = gradient.square().sum(axes, true).sqrt().maximum(1e-12f);
    return gradient.div(norm).muli(attack.epsilon());
  }

  /** 1 for the rows of visit vectors that stand for diagnoses or drugs. */
  private static float[] diagnosisAndDrugRows(VisitBatch batch, long sets) {
    float[] rows = new float[Math.toIntExact(sets)];
    LongStream.of(batch.diagnosisRows()).forEach(row -> rows[(int) row] = 1);
    LongStream.of(batch.presentDiagnosisRows()).forEach(row -> rows[(int) row] = 1);
    LongStream.of(batch.drugRows()).forEach(row -> rows[(int) row] = 1);
    return rows;
  }

  @Override
  protected NDArray logits(VisitBatch batch, NDManager arrays) {
    if (offsets == null) {
      return super.logits(batch, arrays);
    }
    NDArray table = network.tokenTable(store(), arrays, true);
    NDArray sets = network.setVectors(store(), arrays, table, batch.buckets(), true);
    return network.headOver(store(), arrays, sets.add(offsets), batch, true);
  }
}
