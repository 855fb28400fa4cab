package org.medcue.training.fitting;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.ScoredDrug;
import org.medcue.model.learning.Calibration;
import org.medcue.model.profile.Observation;
import org.medcue.model.profile.ProfileCounts;
import org.medcue.model.profile.TrainingProfile;
import org.medcue.model.visits.CodeCoverage;
import org.medcue.model.visits.NetworkScorer;
import org.medcue.model.visits.OrderableProducts;
import org.medcue.training.Progress;
import org.medcue.training.evaluation.EvaluationReport;
import org.medcue.training.evaluation.Ranking;

/** Counts what a version sees and says at the visits with an order of its training patients. */
final class VisitProfile {

  private final NetworkScorer scorer;
  private final Calibration calibration;
  private final OrderableProducts products;
  private final ProfileCounts counts = new ProfileCounts();

  VisitProfile(NetworkScorer scorer, Calibration calibration, OrderableProducts products) {
    this.scorer = scorer;
    this.calibration = calibration;
    this.products = products;
  }

  TrainingProfile of(List<PatientRecord> training, EvaluationReport validation, Progress progress) {
    for (int i = 0; i < training.size(); i++) {
      count(training.get(i));
      progress.update("profiling the training patients", i + 1, training.size());
    }
    return counts.profile(unknown(validation));
  }

  private void count(PatientRecord patient) {
    List<Integer> targets =
        IntStream.range(0, patient.visits().size())
            .filter(visit -> !patient.visits().get(visit).drugs().isEmpty())
            .boxed()
            .toList();
    if (targets.isEmpty()) {
      return;
    }
    CodeCoverage coverage = new CodeCoverage();
    float[][] scores = scorer.score(patient, targets, coverage);
    for (int row = 0; row < scores.length; row++) {
      List<String> codes = Observation.codesOf(patient.visits().get(targets.get(row)));
      counts.add(
          patient.patientId(), new Observation(codes, shown(scores[row]), Optional.empty(), 0, 0));
    }
    counts.add(
        patient.patientId(),
        new Observation(List.of(), List.of(), Optional.empty(), unknown(coverage), read(coverage)));
  }

  private List<String> shown(float[] uncalibrated) {
    return Observation.shown(
        IntStream.of(Ranking.of(uncalibrated))
            .limit(Observation.MOST)
            .mapToObj(
                label ->
                    new ScoredDrug(
                        products.productOf(scorer.labels().get(label)),
                        calibration.ofProbability(uncalibrated[label])))
            .toList());
  }

  private static long unknown(CodeCoverage coverage) {
    return Arrays.stream(CodeCoverage.Field.values())
        .mapToLong(field -> coverage.of(field).unknown())
        .sum();
  }

  private static long read(CodeCoverage coverage) {
    return Arrays.stream(CodeCoverage.Field.values())
        .mapToLong(field -> coverage.of(field).total())
        .sum();
  }

  private static double unknown(EvaluationReport report) {
    double unknown = 0;
    double read = 0;
    for (EvaluationReport.Coverage field : report.codeCoverage().values()) {
      unknown += field.unknown() * field.occurrences();
      read += field.occurrences();
    }
    return unknown / Math.max(1, read);
  }
}
