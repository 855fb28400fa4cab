package org.medcue.training.evaluation;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Points with intervals lying in rows, the first at the top, under headings.
 *
 * @param <T> what the points of a row are of
 */
public final class IntervalPlot<T> {

  /**
   * A line of the plot.
   *
   * @param values absent where the row has no points
   */
  public record Row<T>(String label, boolean isHeading, @Nullable T values) {

    /** A row over those that belong together. */
    public static <T> Row<T> heading(String label) {
      return new Row<>(label, true, null);
    }

    /** A row with points, or without where there are no values. */
    public static <T> Row<T> of(String label, @Nullable T values) {
      return new Row<>(label, false, values);
    }
  }

  /**
   * What a plot is of.
   *
   * @param width in pixels
   * @param rowHeight in pixels
   * @param axis what the points' places mean
   * @param low where the axis begins
   * @param high where it ends
   */
  public record Frame(
      int width, int rowHeight, String title, String axis, double low, double high) {}

  /** How points look; a row has room for one of each. */
  public enum Look {
    /** In the middle of the row. */
    CIRCLE(SeriesMarkers.CIRCLE, new Color(0x1f, 0x6f, 0xb4), 0, 0.2),
    /** A little below, so that it is seen where both lie at the same place. */
    DIAMOND(SeriesMarkers.DIAMOND, new Color(0xd9, 0x7b, 0x1c), 0.25, 0.12);

    private final Marker marker;
    private final Color color;

    /** How far under the row's middle, in rows. */
    private final double below;

    /** Half the height of a whisker's end, in rows. */
    private final double cap;

    Look(Marker marker, Color color, double below, double cap) {
      this.marker = marker;
      this.color = color;
      this.below = below;
      this.cap = cap;
    }
  }

  private static final Color GREY = new Color(0x70, 0x70, 0x70);
  private static final Color PALE = new Color(0xd0, 0xd0, 0xd0);

  private final Frame frame;
  private final List<Row<T>> rows;
  private final XYChart chart;

  public IntervalPlot(Frame frame, List<Row<T>> rows) {
    this.frame = frame;
    this.rows = List.copyOf(rows);
    chart =
        new XYChartBuilder()
            .width(frame.width())
            .height(140 + frame.rowHeight() * (rows.size() + 1))
            .title(frame.title())
            .xAxisTitle(frame.axis())
            .build();
    style();
    addSeparators();
  }

  private void style() {
    PlotFile.style(chart.getStyler());
    chart.getStyler().setXAxisMin(frame.low()).setXAxisMax(frame.high());
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(rows.size() + 1.0);
    chart.getStyler().setYAxisTickMarkSpacingHint(frame.rowHeight() - 4);
    chart.getStyler().setPlotGridHorizontalLinesVisible(false).setMarkerSize(9);
    chart.setCustomYAxisTickLabelsFormatter(this::labelAt);
  }

  /**
   * XChart wants labels that differ, none empty, and two rows may share one: blanks tell them
   * apart. It asks for places outside the rows too.
   */
  private String labelAt(double y) {
    int row = rows.size() - (int) Math.round(y);
    if (row < 0 || row >= rows.size()) {
      return " ".repeat(rows.size() + 3 - row);
    }
    String label = rows.get(row).label();
    long alike = rows.stream().limit(row).filter(other -> other.label().equals(label)).count();
    return label + " ".repeat((int) alike);
  }

  private double heightOf(int row) {
    return rows.size() - row;
  }

  private void addSeparators() {
    for (int row = 1; row < rows.size(); row++) {
      if (rows.get(row).isHeading()) {
        double y = heightOf(row) + 0.5;
        double[] across = {frame.low(), frame.high()};
        line("above row " + row, across, new double[] {y, y}, PALE).setShowInLegend(false);
      }
    }
  }

  /** Writes numbers on the axis in another way than with one decimal. */
  public void labelAxis(Function<Double, String> label) {
    chart.setCustomXAxisTickLabelsFormatter(label);
  }

  /** Draws a dashed line over all rows, to read the points against. */
  public void addReference(String name, double x) {
    line(name, new double[] {x, x}, new double[] {0, rows.size() + 1.0}, GREY)
        .setLineStyle(PlotFile.DASHED);
  }

  /**
   * Draws an interval in each row that has values. XChart has vertical error bars alone; so these
   * are a line, with gaps where y is no number.
   */
  public void addWhiskers(
      String name, Look look, ToDoubleFunction<T> lowest, ToDoubleFunction<T> highest) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      @Nullable T values = rows.get(row).values();
      if (values != null) {
        double middle = heightOf(row) - look.below;
        double bottom = middle - look.cap;
        double top = middle + look.cap;
        double low = lowest.applyAsDouble(values);
        double high = highest.applyAsDouble(values);
        x.addAll(List.of(low, low, low, high, high, high, high));
        y.addAll(List.of(bottom, top, middle, middle, bottom, top, Double.NaN));
      }
    }
    if (!x.isEmpty()) {
      line(name, array(x), array(y), look.color);
    }
  }

  /** Draws points with whiskers as one entry of the legend. */
  public void addIntervals(
      String name,
      Look look,
      ToDoubleFunction<T> place,
      ToDoubleFunction<T> lowest,
      ToDoubleFunction<T> highest) {
    String whiskers = "whiskers of " + name;
    addWhiskers(whiskers, look, lowest, highest);
    @Nullable XYSeries drawn = chart.getSeriesMap().get(whiskers);
    if (drawn != null) {
      drawn.setShowInLegend(false);
    }
    addPoints(name, look, place);
  }

  /** Draws a point in each row that has values. */
  public void addPoints(String name, Look look, ToDoubleFunction<T> place) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      @Nullable T values = rows.get(row).values();
      if (values != null) {
        x.add(place.applyAsDouble(values));
        y.add(heightOf(row) - look.below);
      }
    }
    if (!x.isEmpty()) { // XChart refuses a series without points
      XYSeries series = line(name, array(x), array(y), look.color);
      series.setMarker(look.marker);
      series.setMarkerColor(look.color);
      series.setLineStyle(SeriesLines.NONE);
    }
  }

  /** The chart as drawn so far. */
  public XYChart chart() {
    return chart;
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
