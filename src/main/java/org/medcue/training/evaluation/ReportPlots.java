package org.medcue.training.evaluation;

import static java.util.Objects.requireNonNull;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The plots of a report, one PNG file each; they need no display. */
public final class ReportPlots {

  /** Reliability before and after calibration, with the number of pairs in each bin. */
  public static final String CALIBRATION = "calibration.png";

  /** Jaccard, precision and recall over the threshold. */
  public static final String THRESHOLDS = "thresholds.png";

  /** Jaccard by group of visits. */
  public static final String STRATA = "strata.png";

  private static final Color MODEL = new Color(0x1f, 0x6f, 0xb4);
  private static final Color OTHER = new Color(0xd9, 0x7b, 0x1c);
  private static final Color THIRD = new Color(0x3c, 0x91, 0x4d);
  private static final Color AID = new Color(0x70, 0x70, 0x70);

  private ReportPlots() {}

  /**
   * Writes the plots of a report into a folder, over those of an earlier report.
   *
   * @return why nothing was drawn, where the machine cannot draw: a plot is never worth the loss of
   *     what was trained or measured
   * @throws IOException if a file cannot be written
   */
  public static Optional<String> write(Path folder, EvaluationReport report) throws IOException {
    return PlotFile.ifPossible(
        () -> {
          PlotFile.write(calibration(report), folder.resolve(CALIBRATION));
          PlotFile.write(thresholds(report), folder.resolve(THRESHOLDS));
          PlotFile.write(StrataPlot.of(report), folder.resolve(STRATA));
        });
  }

  static XYChart calibration(EvaluationReport report) {
    EvaluationReport.CalibrationReport calibration = report.calibration();
    XYChart chart =
        unitSquare(
            "Calibration, " + of(report),
            "probability (below: pairs of visit and drug in the bin; pairs under 0.01 are left out)",
            "share ordered");
    aid(chart, "perfect", new double[] {0, 1}, new double[] {0, 1});
    if (calibration.temperature() != 1) {
      reliability(
          chart,
          String.format(Locale.ROOT, "before, ECE %.4f", calibration.eceBefore()),
          calibration.binsBefore(),
          OTHER,
          SeriesMarkers.DIAMOND);
    }
    reliability(
        chart,
        String.format(
            Locale.ROOT,
            "temperature %.2f, ECE %.4f",
            calibration.temperature(),
            calibration.eceAfter()),
        calibration.bins(),
        MODEL,
        SeriesMarkers.CIRCLE);
    chart.getStyler().setYAxisMin(-0.08);
    chart
        .getStyler()
        .setyAxisTickLabelsFormattingFunction(
            share -> share < 0 ? " " : String.format(Locale.ROOT, "%.1f", share));
    for (CalibrationCurve.Bin bin : calibration.bins()) {
      double middle = (bin.from() + bin.to()) / 2;
      chart.addAnnotation(new AnnotationText(shortCount(bin.count()), middle, -0.04, false));
    }
    return chart;
  }

  private static void reliability(
      XYChart chart, String name, List<CalibrationCurve.Bin> bins, Color color, Marker marker) {
    if (bins.isEmpty()) {
      return; // XChart refuses a series without points
    }
    line(
        chart,
        name,
        bins.stream().mapToDouble(CalibrationCurve.Bin::meanProbability).toArray(),
        bins.stream().mapToDouble(CalibrationCurve.Bin::observedShare).toArray(),
        color,
        marker);
  }

  /** At most four characters: 15 of them stand side by side. */
  static String shortCount(long count) {
    if (count < 1000) {
      return String.valueOf(count);
    }
    double scaled = count < 1_000_000 ? count / 1e3 : count / 1e6;
    String format = scaled < 9.95 ? "%.1f%s" : "%.0f%s";
    return String.format(Locale.ROOT, format, scaled, count < 1_000_000 ? "k" : "M");
  }

  static XYChart thresholds(EvaluationReport report) {
    XYChart chart = unitSquare("Threshold, " + of(report), "threshold", "score");
    List<EvaluationReport.ThresholdPoint> points = report.thresholds();
    curve(chart, "Jaccard", points, EvaluationReport.ThresholdPoint::jaccard, MODEL);
    List<EvaluationReport.ThresholdPoint> predicting =
        points.stream().filter(point -> point.precision() != null).toList();
    curve(chart, "precision", predicting, point -> requireNonNull(point.precision()), OTHER);
    curve(chart, "recall", points, EvaluationReport.ThresholdPoint::recall, THIRD);
    double chosen = report.threshold();
    aid(
        chart,
        String.format(Locale.ROOT, "chosen: %.2f", chosen),
        new double[] {chosen, chosen},
        new double[] {0, 1});
    return chart;
  }

  private static void curve(
      XYChart chart,
      String name,
      List<EvaluationReport.ThresholdPoint> points,
      ToDoubleFunction<EvaluationReport.ThresholdPoint> score,
      Color color) {
    if (points.isEmpty()) {
      return; // XChart refuses a series without points
    }
    double[] x = points.stream().mapToDouble(EvaluationReport.ThresholdPoint::threshold).toArray();
    line(chart, name, x, points.stream().mapToDouble(score).toArray(), color, SeriesMarkers.NONE);
  }

  /** What a plot is of, for its title. */
  static String of(EvaluationReport report) {
    return report.model() + " on " + report.part();
  }

  private static XYChart unitSquare(String title, String x, String y) {
    XYChart chart =
        new XYChartBuilder()
            .width(720)
            .height(520)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    PlotFile.style(chart.getStyler());
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
    return chart;
  }

  private static XYSeries line(
      XYChart chart, String name, double[] x, double[] y, Color color, Marker marker) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setLineColor(color);
    series.setMarkerColor(color);
    series.setMarker(marker);
    series.setLineWidth(2);
    return series;
  }

  private static void aid(XYChart chart, String name, double[] x, double[] y) {
    line(chart, name, x, y, AID, SeriesMarkers.NONE).setLineStyle(PlotFile.DASHED);
  }
}
