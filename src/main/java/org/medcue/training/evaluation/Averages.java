package org.medcue.training.evaluation;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Scores of one system in every average: over visits, pooled, and over patients. */
final class Averages {

  private final Scores pooled = new Scores();
  private int patients;
  private double jaccard;
  private double f1;
  private double prAuc;
  private double microJaccard;
  private double microF1;
  private double precision;
  private double recall;

  static EvaluationReport.Metrics of(
      List<ScoredVisits> patients, Function<ScoredVisit, VisitScore> system) {
    Averages averages = new Averages();
    for (ScoredVisits patient : patients) {
      averages.add(patient.scores(system));
    }
    return averages.metrics();
  }

  private void add(List<VisitScore> patient) {
    Scores here = new Scores();
    patient.forEach(here::add);
    patient.forEach(pooled::add);
    Scores.Sample sample = here.sample();
    Scores.Micro micro = here.micro();
    patients++;
    jaccard += sample.jaccard();
    f1 += sample.f1();
    prAuc += sample.prAuc() == null ? Double.NaN : sample.prAuc();
    microJaccard += micro.jaccard();
    microF1 += micro.f1();
    precision += micro.precision();
    recall += micro.recall();
  }

  private EvaluationReport.Metrics metrics() {
    double n = Math.max(1, patients);
    @Nullable Double meanPrAuc = patients == 0 || Double.isNaN(prAuc) ? null : prAuc / n;
    return new EvaluationReport.Metrics(
        pooled.sample(),
        pooled.micro(),
        new EvaluationReport.PerPatient(
            new Scores.Sample(jaccard / n, f1 / n, meanPrAuc),
            new Scores.Micro(microJaccard / n, microF1 / n, precision / n, recall / n)),
        pooled.meanPredicted(),
        pooled.meanPrescribed());
  }
}
