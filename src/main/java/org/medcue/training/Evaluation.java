package org.medcue.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.medcue.clinical.PatientRecord;
import org.medcue.model.visits.CodeCoverage;
import org.medcue.model.visits.RecordScorer;
import org.medcue.training.ScoredVisits.Ranking;

/** Scores a model and copy-last-visit on the same visits (MODELS.md, "Measuring"). */
public final class Evaluation {

  private static final int THRESHOLD_STEPS = 60;

  private final List<ScoredVisits> patients = new ArrayList<>();
  private final CodeCoverage coverage = new CodeCoverage();

  /** Runs the model once over all patients. */
  public Evaluation(RecordScorer scorer, List<PatientRecord> cohort, Progress progress) {
    for (int i = 0; i < cohort.size(); i++) {
      ScoredVisits visits = ScoredVisits.of(cohort.get(i), scorer, coverage);
      if (visits.count() > 0) {
        patients.add(visits);
      }
      progress.update("evaluating", i + 1, cohort.size());
    }
  }

  /** The number of scored visits. */
  public int visits() {
    return patients.stream().mapToInt(ScoredVisits::count).sum();
  }

  /** Mean average precision, by which the best epoch is chosen. */
  public double prAuc() {
    return scores(1).prAuc();
  }

  /** The threshold with the highest sample-averaged Jaccard; for validation patients only. */
  public double bestThreshold() {
    double best = ScoredVisits.LOWEST_THRESHOLD;
    double bestJaccard = -1;
    for (int i = 0; i < THRESHOLD_STEPS; i++) {
      double threshold = Math.round(100 * (ScoredVisits.LOWEST_THRESHOLD + 0.01 * i)) / 100.0;
      double jaccard = scores(threshold).sample().jaccard();
      if (jaccard > bestJaccard) {
        best = threshold;
        bestJaccard = jaccard;
      }
    }
    return best;
  }

  private Scores scores(double threshold) {
    Scores scores = new Scores();
    patients.forEach(patient -> add(patient, threshold, scores));
    return scores;
  }

  private static void add(ScoredVisits patient, double threshold, Scores scores) {
    for (int i = 0; i < patient.count(); i++) {
      Ranking ranking = patient.rankings().get(i);
      scores.add(
          ranking.candidates(), threshold, patient.truths().get(i), ranking.averagePrecision());
    }
  }

  private static void addCopied(ScoredVisits patient, Scores scores) {
    for (int i = 0; i < patient.count(); i++) {
      scores.add(patient.copied().get(i), patient.truths().get(i));
    }
  }

  /** The report at a threshold that was chosen elsewhere. */
  public EvaluationReport report(String model, String part, double threshold) {
    Scores ours = new Scores();
    Scores copied = new Scores();
    double ourPatients = 0;
    double copiedPatients = 0;
    double[] differences = new double[patients.size()];
    int[] counts = new int[patients.size()];
    for (int i = 0; i < patients.size(); i++) {
      ScoredVisits patient = patients.get(i);
      add(patient, threshold, ours);
      addCopied(patient, copied);
      Scores oursHere = new Scores();
      Scores copiedHere = new Scores();
      add(patient, threshold, oursHere);
      addCopied(patient, copiedHere);
      ourPatients += oursHere.sample().jaccard();
      copiedPatients += copiedHere.sample().jaccard();
      counts[i] = patient.count();
      differences[i] =
          (oursHere.sample().jaccard() - copiedHere.sample().jaccard()) * patient.count();
    }
    int n = Math.max(1, patients.size());
    return new EvaluationReport(
        model,
        part,
        patients.size(),
        ours.visits(),
        threshold,
        metrics(ours, ourPatients / n),
        new EvaluationReport.Baselines(metrics(copied, copiedPatients / n)),
        PairedDifference.of(differences, counts),
        coverageByField());
  }

  private static EvaluationReport.Metrics metrics(Scores scores, double patientJaccard) {
    return new EvaluationReport.Metrics(
        scores.sample(),
        scores.micro(),
        patientJaccard,
        scores.meanPredicted(),
        scores.meanPrescribed());
  }

  private Map<String, EvaluationReport.Coverage> coverageByField() {
    Map<String, EvaluationReport.Coverage> byField = new TreeMap<>();
    for (CodeCoverage.Field field : CodeCoverage.Field.values()) {
      CodeCoverage.Count count = coverage.of(field);
      byField.put(
          field.name().toLowerCase(Locale.ROOT),
          new EvaluationReport.Coverage(
              count.total(),
              share(count.exact(), count),
              share(count.ancestor(), count),
              share(count.unknown(), count)));
    }
    return byField;
  }

  private static double share(long part, CodeCoverage.Count count) {
    return (double) part / Math.max(1, count.total());
  }
}
