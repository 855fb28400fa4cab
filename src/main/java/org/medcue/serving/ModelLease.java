package org.medcue.serving;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.medcue.clinical.Drug;
import org.medcue.clinical.DrugPrediction;
import org.medcue.clinical.PatientEvidence;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.knowledge.Terminology;

/**
 * One version for the whole of one request: however the assignments change meanwhile, it stays
 * loaded until this is closed. For one thread.
 */
public final class ModelLease implements AutoCloseable {

  /** In what place a version computes. */
  public enum Role {
    ACTIVE,
    CANARY,
    /** Unseen, to be compared. */
    SHADOW,
    /** Once more, for an auditor. */
    REPLAY
  }

  private final ServedModel model;
  private final Role role;
  private final Terminology terminology;
  private final Consumer<Duration> predicted;
  private final Runnable giveBack;
  private final AtomicBoolean closed = new AtomicBoolean();
  private Duration predictionTime = Duration.ZERO;

  /**
   * @param terminology what the request is read and its answer checked by
   * @param predicted is told how long each prediction took
   * @param giveBack runs once, when this is closed
   */
  public ModelLease(
      ServedModel model,
      Role role,
      Terminology terminology,
      Consumer<Duration> predicted,
      Runnable giveBack) {
    this.model = model;
    this.role = role;
    this.terminology = terminology;
    this.predicted = predicted;
    this.giveBack = giveBack;
  }

  /** The version; it may be closed once this is. */
  public ServedModel model() {
    return model;
  }

  public Role role() {
    return role;
  }

  /** What the request is to be read by, and the answer to be checked and put into words. */
  public Terminology terminology() {
    return terminology;
  }

  /** All knowledge that has a part in an answer, {@code name/version} in order. */
  public List<String> knowledge() {
    return Stream.concat(model.knowledge().stream(), terminology.versions().stream())
        .map(KnowledgeVersion::toString)
        .distinct()
        .sorted()
        .toList();
  }

  /** The label that a drug counts as; its own value where it has none. */
  public String labelOf(Drug drug) {
    return model.labelOf(drug, terminology.drugs());
  }

  /** Whether the model takes two drugs for one: the same product, ingredient or class. */
  public boolean sameLabel(Drug one, Drug other) {
    return labelOf(one).equals(labelOf(other));
  }

  /** Scores every label, each given as what can be ordered. */
  public DrugPrediction predict(PatientEvidence evidence) {
    long start = System.nanoTime();
    DrugPrediction prediction = model.predict(evidence);
    predictionTime = Duration.ofNanos(System.nanoTime() - start);
    predicted.accept(predictionTime);
    return prediction;
  }

  /** How long the last prediction took, with its wait; zero before the first. */
  public Duration predictionTime() {
    return predictionTime;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      giveBack.run();
    }
  }
}
