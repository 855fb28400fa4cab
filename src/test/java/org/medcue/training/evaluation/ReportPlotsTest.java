package org.medcue.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knowm.xchart.XYSeries;

class ReportPlotsTest {

  @Test
  void chosenThresholdIsMarked() {
    XYSeries mark =
        Objects.requireNonNull(
            ReportPlots.thresholds(SampleReport.report("test")).getSeriesMap().get("chosen: 0.32"));

    assertThat(mark.getXData()).containsExactly(0.32, 0.32);
  }

  @Test
  void legendNamesBothErrors() {
    assertThat(ReportPlots.calibration(SampleReport.report("test")).getSeriesMap().keySet())
        .containsExactly("perfect", "before, ECE 0.0412", "temperature 1.31, ECE 0.0085");
  }

  @Test
  void eachGroupIsARowUnderItsAttribute() {
    EvaluationReport report = SampleReport.report("test");

    assertThat(StrataPlot.rows(report))
        .extracting(IntervalPlot.Row::label)
        .hasSize(17)
        .startsWith("EARLIER VISITS", "1 (not shown)", "2-4 (32 patients, 310 visits)")
        .endsWith("SEX", "female (299 patients, 2981 visits)", "male (300 patients, 2991 visits)");
  }

  @Test
  void groupsOfFewPatientsHaveNoPoint() {
    Map<String, XYSeries> series = StrataPlot.of(SampleReport.report("test")).getSeriesMap();

    // 13 groups of which the first and "0-17" have 2 patients; rows from the top, headings between
    double[] heights = {15, 14, 12, 11, 10, 7, 6, 5, 4, 2, 1};
    assertThat(named(series, StrataPlot.MODEL).getYData()).containsExactly(heights);
    assertThat(named(series, StrataPlot.COPYING).getYData())
        .containsExactly(Arrays.stream(heights).map(height -> height - 0.25).toArray());
    assertThat(named(series, StrataPlot.COPYING).getXData()).containsOnly(0.64);
    assertThat(named(series, StrataPlot.INTERVAL).getXData())
        .hasSize(7 * heights.length)
        .containsOnly(0.8, 0.91);
  }

  @Test
  void precisionEndsWhereNothingIsPredicted() {
    Map<String, XYSeries> series =
        ReportPlots.thresholds(SampleReport.report("test")).getSeriesMap();

    assertThat(named(series, "precision").getXData()).hasSize(18).endsWith(0.9);
    assertThat(named(series, "recall").getXData()).hasSize(19).endsWith(0.95);
  }

  @Test
  void calibrationSaysWhichPairsItLeavesOut() {
    assertThat(ReportPlots.calibration(SampleReport.report("test")).getXAxisTitle())
        .contains("pairs under 0.01 are left out");
  }

  private static XYSeries named(Map<String, XYSeries> series, String name) {
    return Objects.requireNonNull(series.get(name));
  }

  @Test
  void sameReportGivesTheSameFiles(@TempDir Path first, @TempDir Path second) throws IOException {
    ReportPlots.write(first, SampleReport.report("test"));
    ReportPlots.write(second, SampleReport.report("test"));

    for (String file :
        List.of(ReportPlots.CALIBRATION, ReportPlots.THRESHOLDS, ReportPlots.STRATA)) {
      assertThat(second.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
    }
  }

  @ParameterizedTest
  @CsvSource({"0,0", "999,999", "1000,1.0k", "9949,9.9k", "9951,10k", "1234567,1.2M"})
  void countsAreShort(long count, String text) {
    assertThat(ReportPlots.shortCount(count)).isEqualTo(text);
  }
}
