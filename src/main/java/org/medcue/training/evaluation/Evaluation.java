package org.medcue.training.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.medcue.clinical.PatientRecord;
import org.medcue.model.learning.Calibration;
import org.medcue.model.visits.CodeCoverage;
import org.medcue.model.visits.RecordScorer;
import org.medcue.training.Progress;

/** Scores a system and copy-last-visit on the same visits (MODELS.md, "Measuring"). */
public final class Evaluation {

  private final List<ScoredVisits> patients = new ArrayList<>();
  private final CodeCoverage coverage = new CodeCoverage();
  private final LogitHistogram pairs = new LogitHistogram();
  private final LabelNumbers labels;

  /**
   * How to read the scores.
   *
   * @param model name and version, for the report
   * @param part which patients these are, for the report
   * @param threshold calibrated probability from which a drug counts as predicted; chosen elsewhere
   * @param calibration fitted elsewhere
   * @param isotonic fitted where the calibration was, to compare with; may be empty
   * @param interactions empty where no table is at hand
   * @param caution why the figures may flatter the model; may be empty
   */
  public record Reading(
      String model,
      String part,
      double threshold,
      Calibration calibration,
      Optional<IsotonicFit> isotonic,
      Optional<InteractionRule> interactions,
      Optional<String> caution) {

    /** A reading that needs no caution. */
    public Reading(
        String model,
        String part,
        double threshold,
        Calibration calibration,
        Optional<IsotonicFit> isotonic,
        Optional<InteractionRule> interactions) {
      this(model, part, threshold, calibration, isotonic, interactions, Optional.empty());
    }
  }

  /** Runs the system once over all patients, of whom neither age nor sex is known. */
  public Evaluation(RecordScorer scorer, List<PatientRecord> cohort, Progress progress) {
    this(scorer, cohort, VisitSubject.Source.NONE, progress);
  }

  /** Runs the system once over all patients. */
  public Evaluation(
      RecordScorer scorer,
      List<PatientRecord> cohort,
      VisitSubject.Source subjects,
      Progress progress) {
    labels = new LabelNumbers(scorer.labels());
    var reader = new ScoredVisits.Reader(scorer, subjects, labels, pairs, coverage);
    for (int i = 0; i < cohort.size(); i++) {
      ScoredVisits visits = reader.read(cohort.get(i));
      if (!visits.visits().isEmpty()) {
        patients.add(visits);
      }
      progress.update("evaluating", i + 1, cohort.size());
    }
  }

  /** The number of scored visits. */
  public int visits() {
    return patients.stream().mapToInt(patient -> patient.visits().size()).sum();
  }

  /** Mean average precision, by which the best epoch is chosen. */
  public double prAuc() {
    return new ThresholdCurve(patients, Calibration.none()).scores(1).prAuc();
  }

  /** The calibration with the least log loss; for validation patients only. */
  public Calibration fitCalibration() {
    return pairs.fit();
  }

  /** The best calibration of any rising shape, to compare with; for validation patients only. */
  public IsotonicFit fitIsotonic() {
    return IsotonicFit.of(pairs);
  }

  /** The threshold with the highest sample-averaged Jaccard, uncalibrated. */
  public double bestThreshold() {
    return bestThreshold(Calibration.none());
  }

  /** The threshold with the highest sample-averaged Jaccard; for validation patients only. */
  public double bestThreshold(Calibration calibration) {
    return new ThresholdCurve(patients, calibration).best();
  }

  /** The scores visit by visit, to be kept and compared with those of other runs. */
  public RunScores run(String system, long seed, double threshold, Calibration calibration) {
    return run(system, seed, threshold, visit -> visit.score(threshold, calibration));
  }

  private RunScores run(
      String system, long seed, double threshold, Function<ScoredVisit, VisitScore> score) {
    return new RunScores(
        system,
        seed,
        threshold,
        patients.stream()
            .map(patient -> RunScores.Patient.of(patient.patientId(), patient.scores(score)))
            .toList());
  }

  /** The report without calibration, at a threshold that was chosen elsewhere. */
  public EvaluationReport report(String model, String part, double threshold) {
    return report(
        new Reading(
            model, part, threshold, Calibration.none(), Optional.empty(), Optional.empty()));
  }

  /** The report. */
  public EvaluationReport report(Reading reading) {
    double threshold = reading.threshold();
    Calibration calibration = reading.calibration();
    Function<ScoredVisit, VisitScore> ours = visit -> visit.score(threshold, calibration);
    Function<ScoredVisit, VisitScore> copying = ScoredVisit::copyScore;
    return new EvaluationReport(
        reading.model(),
        reading.part(),
        patients.size(),
        visits(),
        threshold,
        Averages.of(patients, ours),
        new EvaluationReport.Baselines(Averages.of(patients, copying)),
        AsServed.of(patients, calibration),
        labelCoverage(),
        aboveCopying(ours, copying),
        calibration(calibration, reading.isotonic()),
        reading
            .interactions()
            .map(rule -> Interactions.of(patients, labels, rule, threshold, calibration))
            .orElse(null),
        new Strata(patients, threshold, calibration).all(),
        new ThresholdCurve(patients, calibration).points(),
        coverageByField(),
        reading.caution().orElse(null));
  }

  private PairedDifference aboveCopying(
      Function<ScoredVisit, VisitScore> ours, Function<ScoredVisit, VisitScore> copying) {
    return RunComparison.between(
            List.of(run("model", 0, 0, ours)), List.of(run("copy last visit", 0, 0, copying)))
        .jaccard()
        .overVisits();
  }

  private EvaluationReport.CalibrationReport calibration(
      Calibration calibration, Optional<IsotonicFit> isotonic) {
    CalibrationCurve before = CalibrationCurve.of(pairs, Calibration.none());
    CalibrationCurve after = CalibrationCurve.of(pairs, calibration);
    return new EvaluationReport.CalibrationReport(
        calibration.temperature(),
        before.ece(),
        after.ece(),
        isotonic.map(fit -> CalibrationCurve.of(pairs, fit).ece()).orElse(null),
        before.brier(),
        after.brier(),
        before.bins(),
        after.bins());
  }

  private double labelCoverage() {
    long prescribed = 0;
    long known = 0;
    for (ScoredVisits patient : patients) {
      for (ScoredVisit visit : patient.visits()) {
        prescribed += visit.prescribed().length;
        known += visit.prescribedWithin(labels.space());
      }
    }
    return (double) known / Math.max(1, prescribed);
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
