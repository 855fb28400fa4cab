package org.medcue.serving;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.medcue.clinical.Drug;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.DrugPrediction;
import org.medcue.clinical.Explanation;
import org.medcue.clinical.PatientEvidence;
import org.medcue.clinical.ScoredDrug;
import org.medcue.clinical.Visit;
import org.medcue.clinical.VisitEvidence;
import org.medcue.clinical.VisitSequence;
import org.medcue.model.DrugPredictor;

/** Answers a patient with the patient's own number as the drug, once a test lets it. */
final class GatedPredictor implements DrugPredictor {

  static final String BAD = "13";

  final List<List<String>> passes = new CopyOnWriteArrayList<>();
  final Semaphore gate = new Semaphore(0);
  volatile boolean computing;
  volatile boolean closed;
  volatile boolean closedWhileComputing;

  volatile boolean freed;

  /** What goes on elsewhere right after this one was closed. */
  volatile Runnable afterClosing = () -> {};

  static VisitEvidence patient(String number) {
    Visit present = Visit.of(number, Instant.EPOCH, Map.of(), Map.of(), Set.of());
    return new VisitEvidence(
        new VisitSequence(List.of(), present), Set.of(), List.of(), Map.of(), List.of());
  }

  private static String number(PatientEvidence evidence) {
    return ((VisitEvidence) evidence).visits().present().id();
  }

  @Override
  public DrugPrediction predict(PatientEvidence evidence) {
    return predictAll(List.of(evidence)).get(0);
  }

  @Override
  public List<DrugPrediction> predictAll(List<? extends PatientEvidence> patients) {
    passes.add(patients.stream().map(GatedPredictor::number).toList());
    computing = true;
    gate.acquireUninterruptibly();
    computing = false;
    if (patients.stream().anyMatch(patient -> number(patient).equals(BAD))) {
      throw new IllegalArgumentException("a bad chart");
    }
    return patients.stream().map(GatedPredictor::answer).toList();
  }

  private static DrugPrediction answer(PatientEvidence patient) {
    return new DrugPrediction(
        List.of(new ScoredDrug(new DrugCode(number(patient)), 0.5)), List.of());
  }

  @Override
  public List<Explanation> explain(PatientEvidence evidence, List<? extends Drug> drugs) {
    return List.of();
  }

  @Override
  public long nativeBytes() {
    if (freed) {
      throw new IllegalStateException("the memory was freed");
    }
    return 1_000;
  }

  @Override
  public void close() {
    closedWhileComputing = computing;
    closed = true;
    afterClosing.run();
  }
}
