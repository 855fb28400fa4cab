package org.medcue.training.dialogue;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.medcue.training.evaluation.PlotFile;

/** The plots of a version of DDN, as PNG files. */
public final class DialoguePlots {

  /** Scores by how much was said. */
  public static final String FEASIBILITY = "feasibility.png";

  private static final Color F1 = new Color(0x1f, 0x6f, 0xb4);
  private static final Color JACCARD = new Color(0xd9, 0x7b, 0x1c);

  private DialoguePlots() {}

  /**
   * Draws a feasibility curve if the machine can.
   *
   * @return why nothing was drawn
   * @throws IOException if the file cannot be written
   */
  public static Optional<String> write(Path folder, FeasibilityCurve curve) throws IOException {
    return PlotFile.ifPossible(
        () -> PlotFile.write(feasibility(curve), folder.resolve(FEASIBILITY)));
  }

  private static XYChart feasibility(FeasibilityCurve curve) {
    XYChart chart =
        new XYChartBuilder()
            .width(720)
            .height(460)
            .title("How much of the talk is needed (dashed: 95 % interval)")
            .xAxisTitle("share of the utterances before the recommendation, %")
            .yAxisTitle("micro-averaged score, %")
            .build();
    PlotFile.style(chart.getStyler());
    chart.getStyler().setDecimalPattern("0");
    chart.getStyler().setXAxisMin(15.0).setXAxisMax(105.0).setYAxisMin(0.0);
    List<FeasibilityCurve.Point> points = curve.points();
    line(chart, "F1", points, m -> m.micro().f1(), F1, false);
    line(chart, "F1 low", points, m -> m.intervals().microF1().low(), F1, true);
    line(chart, "F1 high", points, m -> m.intervals().microF1().high(), F1, true);
    line(chart, "Jaccard", points, m -> m.micro().jaccard(), JACCARD, false);
    line(chart, "Jaccard low", points, m -> m.intervals().microJaccard().low(), JACCARD, true);
    line(chart, "Jaccard high", points, m -> m.intervals().microJaccard().high(), JACCARD, true);
    return chart;
  }

  private static void line(
      XYChart chart,
      String name,
      List<FeasibilityCurve.Point> points,
      ToDoubleFunction<DialogueMetrics> value,
      Color color,
      boolean bound) {
    XYSeries series =
        chart.addSeries(
            name,
            points.stream().mapToDouble(point -> 100 * point.share()).toArray(),
            points.stream()
                .mapToDouble(point -> 100 * value.applyAsDouble(point.metrics()))
                .toArray());
    series.setLineColor(color);
    series.setMarkerColor(color);
    series.setShowInLegend(!bound);
    if (bound) {
      series.setLineStyle(PlotFile.DASHED);
      series.setLineWidth(1);
      series.setMarker(SeriesMarkers.NONE);
    } else {
      series.setLineWidth(2);
      series.setMarker(SeriesMarkers.CIRCLE);
    }
  }
}
