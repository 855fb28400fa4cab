package org.medcue.training.evaluation;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Jaccard by group of visits: a row each, with its interval and what copying scores there. */
final class StrataPlot {

  static final String INTERVAL = "95 % interval over patients";
  static final String MODEL = "this system";
  static final String COPYING = "copying the last visit";

  private static final Color BLUE = new Color(0x1f, 0x6f, 0xb4);
  private static final Color ORANGE = new Color(0xd9, 0x7b, 0x1c);
  private static final Color GREY = new Color(0x70, 0x70, 0x70);
  private static final Color PALE = new Color(0xd0, 0xd0, 0xd0);
  private static final int ROW_HEIGHT = 26;

  /** Half the height of a whisker's end, in rows. */
  private static final double CAP = 0.2;

  /** How far below a row's middle copying stands, so that it is seen where it scores the same. */
  private static final double BELOW = 0.25;

  /**
   * A line of the plot; rows stand at whole numbers, the first at the top.
   *
   * @param label of a group, or in capitals of the attribute whose groups follow
   * @param scores absent where the row names an attribute or the group is hidden
   */
  private record Row(String label, boolean heading, Stratum.@Nullable GroupScores scores) {}

  private final List<Row> rows = new ArrayList<>();
  private final XYChart chart;

  private StrataPlot(EvaluationReport report) {
    report
        .strata()
        .forEach(
            (attribute, strata) -> {
              if (!EvaluationReport.isUnknown(strata)) {
                String name = EvaluationReport.nameOf(attribute).toUpperCase(Locale.ROOT);
                rows.add(new Row(name, true, null));
                strata.forEach(group -> rows.add(new Row(label(group), false, group.scores())));
              }
            });
    chart =
        new XYChartBuilder()
            .width(900)
            .height(140 + ROW_HEIGHT * (rows.size() + 1))
            .title("Jaccard by group, " + ReportPlots.of(report))
            .xAxisTitle("Jaccard, mean over visits")
            .build();
  }

  static XYChart of(EvaluationReport report) {
    StrataPlot plot = new StrataPlot(report);
    plot.style();
    plot.addSeparators();
    plot.addOverall(report.metrics().sample().jaccard());
    plot.addWhiskers();
    plot.addPoints(
        COPYING, Stratum.GroupScores::copyLastVisitJaccard, BELOW, SeriesMarkers.DIAMOND, ORANGE);
    plot.addPoints(MODEL, scores -> scores.sample().jaccard(), 0, SeriesMarkers.CIRCLE, BLUE);
    return plot.chart;
  }

  /** The labels of the rows, the first at the top. */
  static List<String> labels(EvaluationReport report) {
    return new StrataPlot(report).rows.stream().map(Row::label).toList();
  }

  private static String label(Stratum group) {
    return String.format(
        Locale.ROOT,
        "%s (%s patients, %s visits%s)",
        group.name(),
        Stratum.count(group.patients()),
        Stratum.count(group.visits()),
        group.scores() == null ? ": too few to show" : group.few() ? ", few" : "");
  }

  private void style() {
    PlotFile.style(chart.getStyler());
    chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(rows.size() + 1.0);
    chart.getStyler().setYAxisTickMarkSpacingHint(ROW_HEIGHT - 4);
    chart.getStyler().setPlotGridHorizontalLinesVisible(false).setMarkerSize(9);
    chart.setCustomYAxisTickLabelsFormatter(this::labelAt);
  }

  /** XChart wants labels that differ, and two groups may share one: blanks tell them apart. */
  private String labelAt(double y) {
    int row = rows.size() - (int) Math.round(y);
    boolean isRow = row >= 0 && row < rows.size();
    return (isRow ? rows.get(row).label() : "") + " ".repeat(rows.size() + 1 - row);
  }

  private double heightOf(int row) {
    return rows.size() - row;
  }

  private void addSeparators() {
    for (int row = 1; row < rows.size(); row++) {
      if (rows.get(row).heading()) {
        double y = heightOf(row) + 0.5;
        line("above row " + row, new double[] {0, 1}, new double[] {y, y}, PALE)
            .setShowInLegend(false);
      }
    }
  }

  private void addOverall(double jaccard) {
    line(
            String.format(Locale.ROOT, "all visits: %.3f", jaccard),
            new double[] {jaccard, jaccard},
            new double[] {0, rows.size() + 1.0},
            GREY)
        .setLineStyle(PlotFile.DASHED);
  }

  /** XChart has vertical error bars alone; so these are drawn, with gaps where y is no number. */
  private void addWhiskers() {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      Stratum.@Nullable GroupScores scores = rows.get(row).scores();
      if (scores != null) {
        double middle = heightOf(row);
        double low = scores.jaccardLow();
        double high = scores.jaccardHigh();
        x.addAll(List.of(low, low, low, high, high, high, high));
        y.addAll(
            List.of(
                middle - CAP,
                middle + CAP,
                middle,
                middle,
                middle - CAP,
                middle + CAP,
                Double.NaN));
      }
    }
    if (!x.isEmpty()) {
      line(INTERVAL, array(x), array(y), BLUE);
    }
  }

  private void addPoints(
      String name,
      ToDoubleFunction<Stratum.GroupScores> value,
      double below,
      Marker marker,
      Color color) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      Stratum.@Nullable GroupScores scores = rows.get(row).scores();
      if (scores != null) {
        x.add(value.applyAsDouble(scores));
        y.add(heightOf(row) - below);
      }
    }
    if (!x.isEmpty()) { // XChart refuses a series without points
      XYSeries series = line(name, array(x), array(y), color);
      series.setMarker(marker);
      series.setMarkerColor(color);
      series.setLineStyle(SeriesLines.NONE);
    }
  }

  private XYSeries line(String name, double[] x, double[] y, Color color) {
    XYSeries series = chart.addSeries(name, x, y);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(color);
    series.setLineStyle(new BasicStroke(1.5f));
    return series;
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
