package org.medcue.training.evaluation;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Jaccard by group of visits, with its interval and what copying scores there. */
final class StrataPlot {

  private static final Color BAR = new Color(0xa9, 0xcc, 0xe8);
  private static final Color COPYING = new Color(0xd9, 0x7b, 0x1c);

  private StrataPlot() {}

  static CategoryChart of(EvaluationReport report) {
    List<String> names = new ArrayList<>();
    List<EvaluationReport.Stratum> groups = new ArrayList<>();
    report
        .strata()
        .forEach(
            (attribute, strata) -> {
              if (!EvaluationReport.isUnknown(strata)) {
                strata.forEach(stratum -> names.add(name(attribute, stratum)));
                groups.addAll(strata);
              }
            });
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(900)
            .height(640)
            .title("Jaccard by group, " + ReportPlots.of(report))
            .xAxisTitle("group (number of visits)")
            .yAxisTitle("Jaccard, mean over visits")
            .build();
    PlotFile.style(chart.getStyler());
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0).setXAxisLabelRotation(90);
    chart.getStyler().setAvailableSpaceFill(0.6).setOverlapped(true);
    chart
        .addSeries("this system", names, values(groups, g -> g.sample().jaccard()))
        .setFillColor(BAR);
    points(
        chart,
        "upper end, 95 % interval",
        names,
        values(groups, EvaluationReport.Stratum::jaccardHigh),
        SeriesMarkers.TRIANGLE_DOWN,
        Color.BLACK);
    points(
        chart,
        "lower end",
        names,
        values(groups, EvaluationReport.Stratum::jaccardLow),
        SeriesMarkers.TRIANGLE_UP,
        Color.BLACK);
    points(
        chart,
        "copying the last visit",
        names,
        values(groups, EvaluationReport.Stratum::copyLastVisitJaccard),
        SeriesMarkers.DIAMOND,
        COPYING);
    return chart;
  }

  private static String name(String attribute, EvaluationReport.Stratum stratum) {
    return String.format(
        Locale.ROOT,
        "%s %s (%d%s)",
        EvaluationReport.nameOf(attribute),
        stratum.name(),
        stratum.visits(),
        stratum.few() ? ", few" : "");
  }

  private static List<Double> values(
      List<EvaluationReport.Stratum> groups, ToDoubleFunction<EvaluationReport.Stratum> value) {
    return groups.stream().mapToDouble(value).boxed().toList();
  }

  private static void points(
      CategoryChart chart,
      String name,
      List<String> groups,
      List<Double> values,
      Marker marker,
      Color color) {
    CategorySeries series = chart.addSeries(name, groups, values);
    series.setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Scatter);
    series.setMarkerColor(color);
    series.setMarker(marker);
  }
}
