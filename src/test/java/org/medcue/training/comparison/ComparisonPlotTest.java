package org.medcue.training.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.medcue.training.comparison.ComparisonTable.Difference;
import org.medcue.training.evaluation.IntervalPlot.Row;
import org.medcue.training.evaluation.PairedDifference;
import org.medcue.training.evaluation.PlotFile;
import org.medcue.training.evaluation.RunComparison;
import org.medcue.training.evaluation.RunComparison.Gain;

class ComparisonPlotTest {

  private static Difference difference(String system, String above, int seeds, double gain) {
    return new Difference(
        system,
        above,
        seeds,
        new RunComparison(
            10,
            100,
            new Gain(around(gain), around(2 * gain)),
            new Gain(around(0), around(0)),
            new Gain(around(0), around(0)),
            new RunComparison.MicroGain(around(0), around(0))));
  }

  private static PairedDifference around(double mean) {
    return new PairedDifference(mean, mean - 0.01, mean + 0.02);
  }

  @Test
  void systemsStandUnderHeadings() {
    List<Difference> differences =
        List.of(
            difference("MR-KPA", "copy last visit", 3, 0.1),
            difference("MR-KPA", "MR-KPA without ontology", 3, 0.1),
            difference("MR-KPA", "MR-KPA, adversary on visit vectors", 1, 0.1),
            difference("MR-KPA, 5 % of patients", "logistic regression, 5 % of patients", 3, 0.1),
            difference(
                "MR-KPA, 5 % of patients", "MR-KPA without ontology, 5 % of patients", 1, 0.1),
            difference("MR-KPA", "logistic regression, twice the epochs", 1, 0.1));

    assertThat(ComparisonPlot.rows(differences))
        .extracting(Row::label)
        .containsExactly(
            "BASELINES",
            "copy last visit · 3 seeds",
            "logistic regression, twice the epochs · 1 seed",
            "WITHOUT INGREDIENTS",
            "MR-KPA without ontology · 3 seeds",
            "OTHER FORMS OF MR-KPA",
            "MR-KPA, adversary on visit vectors · 1 seed",
            "ALL TRAINED ON 5 % OF PATIENTS",
            "logistic regression · 3 seeds",
            "MR-KPA without ontology · 1 seed");
  }

  @Test
  void bothAveragesAreDrawnInTheRowOfTheirSystem() {
    Map<String, XYSeries> series =
        ComparisonPlot.of(
                List.of(
                    difference("MR-KPA", "copy last visit", 3, 0.125),
                    difference("MR-KPA", "MR-KPA without ontology", 3, -0.25)))
            .getSeriesMap();

    // From the top: a heading, copying, a heading, without ontology
    XYSeries visits = Objects.requireNonNull(series.get(ComparisonPlot.VISITS));
    assertThat(visits.getXData()).containsExactly(0.125, -0.25);
    assertThat(visits.getYData()).containsExactly(3, 1);
    XYSeries patients = Objects.requireNonNull(series.get(ComparisonPlot.PATIENTS));
    assertThat(patients.getXData()).containsExactly(0.25, -0.5);
    assertThat(patients.getYData()).containsExactly(2.75, 0.75);
  }

  @Test
  void plotOfManyRowsCanBeDrawn(@TempDir Path folder) throws IOException {
    List<Difference> many =
        IntStream.range(0, 40)
            .mapToObj(i -> difference("MR-KPA", "the same title", 3, 0.1))
            .toList();

    assertThat(
            PlotFile.ifPossible(
                () -> PlotFile.write(ComparisonPlot.of(many), folder.resolve("many.png"))))
        .isEmpty();
  }

  @Test
  void axisHoldsEveryIntervalAndZero() {
    XYChart chart = ComparisonPlot.of(List.of(difference("MR-KPA", "copy last visit", 1, 0.25)));

    assertThat(chart.getStyler().getXAxisMin()).isNegative().isGreaterThan(-0.1);
    assertThat(chart.getStyler().getXAxisMax()).isBetween(0.52, 0.6);
  }

  @Test
  void equalSystemsAreDrawnToo() {
    PairedDifference none = new PairedDifference(0, 0, 0);
    Gain nothing = new Gain(none, none);
    XYChart chart =
        ComparisonPlot.of(
            List.of(
                new Difference(
                    "MR-KPA",
                    "copy last visit",
                    1,
                    new RunComparison(
                        1,
                        1,
                        nothing,
                        nothing,
                        nothing,
                        new RunComparison.MicroGain(none, none)))));

    assertThat(chart.getStyler().getXAxisMin()).isLessThan(chart.getStyler().getXAxisMax());
  }
}
