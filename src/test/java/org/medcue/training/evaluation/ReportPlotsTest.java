package org.medcue.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
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
  void groupsAreNamedWithTheirVisits() {
    assertThat(
            StrataPlot.of(SampleReport.report("test"))
                .getSeriesMap()
                .values()
                .iterator()
                .next()
                .getXData())
        .asInstanceOf(InstanceOfAssertFactories.COLLECTION)
        .startsWith("earlier visits 1 (12, few)", "earlier visits 2-4 (310)")
        .endsWith("sex male (2991)");
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
