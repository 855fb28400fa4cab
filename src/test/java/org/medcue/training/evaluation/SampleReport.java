package org.medcue.training.evaluation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A report with every part filled, of made-up figures. */
public final class SampleReport {

  /** Better than copying. */
  public static final PairedDifference BETTER = new PairedDifference(0.18, 0.13, 0.26);

  private SampleReport() {}

  public static EvaluationReport report(String part) {
    return report(part, BETTER);
  }

  public static EvaluationReport report(String part, PairedDifference aboveCopying) {
    List<EvaluationReport.ThresholdPoint> thresholds =
        IntStream.rangeClosed(1, 19)
            .mapToDouble(i -> i * 5 / 100.0)
            .mapToObj(
                t ->
                    new EvaluationReport.ThresholdPoint(
                        t,
                        0.9 - (t - 0.3) * (t - 0.3),
                        t < 0.94 ? 0.6 + 0.4 * t : null,
                        1 - 0.5 * t,
                        3 - 2 * t))
            .toList();
    Map<String, List<Stratum>> strata = new LinkedHashMap<>();
    strata.put(
        "earlierVisits", List.of(stratum("1", 12), stratum("2-4", 310), stratum("5+", 5650)));
    strata.put(
        "earlierVisitsWithDrugs",
        List.of(stratum("1", 93), stratum("2-4", 410), stratum("5+", 5469)));
    strata.put(
        "ageBand",
        List.of(
            stratum("0-17", 11),
            stratum("18-39", 121),
            stratum("40-64", 1822),
            stratum("65-79", 2200),
            stratum("80+", 900)));
    strata.put("sex", List.of(stratum("female", 2981), stratum("male", 2991)));
    Scores.Sample sample = new Scores.Sample(0.9, 0.91, 0.95);
    Scores.Micro micro = new Scores.Micro(0.8, 0.9, 0.9, 0.9);
    EvaluationReport.Metrics metrics =
        new EvaluationReport.Metrics(
            sample, micro, new EvaluationReport.PerPatient(sample, micro), 1.9, 1.9);
    return new EvaluationReport(
        "mrkpa/2.0.0",
        part,
        93,
        5972,
        0.32,
        metrics,
        new EvaluationReport.Baselines(metrics),
        new AsServed(0.2, 5, 0.881, 0.892, 0.903, 1.84, 0.951),
        0.987,
        aboveCopying,
        new EvaluationReport.CalibrationReport(
            1.31, 0.0412, 0.0085, 0.005, 0.003, 0.0029, bins(0.08), bins(0.01)),
        null,
        strata,
        thresholds,
        Map.of("drugs", new EvaluationReport.Coverage(100, 0.9, 0.06, 0.04)),
        null);
  }

  private static Stratum stratum(String name, int visits) {
    return Stratum.of(
        name,
        visits / 10 + 1,
        visits,
        new Stratum.GroupScores(new Scores.Sample(0.85, 0.87, 0.93), 0.8, 0.91, 1.9, 2.0, 0.64));
  }

  private static List<CalibrationCurve.Bin> bins(double off) {
    return IntStream.range(0, 15)
        .mapToObj(
            i ->
                new CalibrationCurve.Bin(
                    i / 15.0,
                    (i + 1) / 15.0,
                    (i + 0.5) / 15,
                    Math.max(0, (i + 0.5) / 15 - off),
                    80000 / (i + 1) / (i + 1)))
        .toList();
  }
}
