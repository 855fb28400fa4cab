package org.medcue.training.comparison;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.knowm.xchart.XYChart;
import org.medcue.training.comparison.ComparisonTable.Difference;
import org.medcue.training.evaluation.IntervalPlot;
import org.medcue.training.evaluation.IntervalPlot.Look;
import org.medcue.training.evaluation.IntervalPlot.Row;
import org.medcue.training.evaluation.PairedDifference;
import org.medcue.training.evaluation.RunComparison.Gain;

/** What the whole model gains in Jaccard: a row each system that it is compared with. */
final class ComparisonPlot {

  static final String TITLE = "Jaccard that MR-KPA gains over other systems, test patients";
  static final String VISITS = "mean over visits, 95 % interval";
  static final String PATIENTS = "mean over patients, 95 % interval";

  private static final int WIDTH = 1100;

  /** Room for two intervals. */
  private static final int ROW_HEIGHT = 32;

  /** Space beyond the outermost interval, as a share of the axis. */
  private static final double MARGIN = 0.04;

  /** Half the axis where every difference is zero. */
  private static final double LEAST = 0.01;

  private ComparisonPlot() {}

  /**
   * Draws differences.
   *
   * @param differences at least one
   */
  static XYChart of(List<Difference> differences) {
    IntervalPlot<Gain> plot = new IntervalPlot<>(frame(differences), rows(differences));
    plot.labelAxis(ComparisonPlot::signed);
    plot.addReference("no difference", 0);
    add(plot, Look.CIRCLE, VISITS, Gain::overVisits);
    add(plot, Look.DIAMOND, PATIENTS, Gain::overPatients);
    return plot.chart();
  }

  private static void add(
      IntervalPlot<Gain> plot, Look look, String name, Function<Gain, PairedDifference> average) {
    plot.addIntervals(
        name,
        look,
        gain -> average.apply(gain).mean(),
        gain -> average.apply(gain).low(),
        gain -> average.apply(gain).high());
  }

  private static IntervalPlot.Frame frame(List<Difference> differences) {
    double low = 0;
    double high = 0;
    for (Difference difference : differences) {
      Gain gain = difference.gain().jaccard();
      for (PairedDifference average : List.of(gain.overVisits(), gain.overPatients())) {
        low = Math.min(low, average.low());
        high = Math.max(high, average.high());
      }
    }
    double margin = low == high ? LEAST : MARGIN * (high - low);
    return new IntervalPlot.Frame(
        WIDTH,
        ROW_HEIGHT,
        TITLE,
        "difference in Jaccard; where it is above zero, MR-KPA is better",
        low - margin,
        high + margin);
  }

  /** A row each difference, under headings in the order of their first. */
  static List<Row<Gain>> rows(List<Difference> differences) {
    Map<String, List<Row<Gain>>> groups = new LinkedHashMap<>();
    for (Difference difference : differences) {
      groups
          .computeIfAbsent(group(difference), group -> new ArrayList<>())
          .add(Row.of(label(difference), difference.gain().jaccard()));
    }
    List<Row<Gain>> rows = new ArrayList<>();
    groups.forEach(
        (group, members) -> {
          rows.add(Row.heading(group.toUpperCase(Locale.ROOT)));
          rows.addAll(members);
        });
    return rows;
  }

  private static String group(Difference difference) {
    String share = share(difference);
    if (!share.isEmpty()) {
      return "all trained on" + share.replaceFirst(",", "");
    }
    if (difference.above().startsWith(ComparedSystems.WITHOUT)) {
      return "without ingredients";
    }
    return difference.above().startsWith(ComparedSystems.TITLE)
        ? "other forms of MR-KPA"
        : "baselines";
  }

  /** What the titles of both systems end with where they learned from a share of patients. */
  private static String share(Difference difference) {
    return difference.system().substring(ComparedSystems.TITLE.length());
  }

  /** The heading says the share. */
  private static String label(Difference difference) {
    String above = difference.above();
    String name = above.substring(0, above.length() - share(difference).length());
    return name + (difference.seeds() == 1 ? " · 1 seed" : " · " + difference.seeds() + " seeds");
  }

  /** A number of the axis, as many decimals as it needs. */
  private static String signed(double value) {
    String text =
        new DecimalFormat("+0.0##;-0.0##", DecimalFormatSymbols.getInstance(Locale.ROOT))
            .format(value);
    return text.equals("+0.0") || text.equals("-0.0") ? "0" : text;
  }
}
