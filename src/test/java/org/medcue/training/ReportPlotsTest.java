package org.medcue.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.knowm.xchart.BitmapEncoder;

class ReportPlotsTest {

  @Test
  void look() throws IOException {
    Path d = Path.of("target/look");
    Files.createDirectories(d);
    EvaluationReport report = SampleReport.report("test");
    BitmapEncoder.saveBitmap(
        ReportPlots.calibration(report), d + "/calibration", BitmapEncoder.BitmapFormat.PNG);
    BitmapEncoder.saveBitmap(
        ReportPlots.thresholds(report), d + "/thresholds", BitmapEncoder.BitmapFormat.PNG);
    BitmapEncoder.saveBitmap(
        ReportPlots.strata(report), d + "/strata", BitmapEncoder.BitmapFormat.PNG);
    ReportPlots.write(d, report);
  }

  @Test
  void sameReportGivesTheSameFiles(@TempDir Path first, @TempDir Path second) throws IOException {
    ReportPlots.write(first, SampleReport.report("test"));
    ReportPlots.write(second, SampleReport.report("test"));

    for (String file :
        List.of(ReportPlots.CALIBRATION, ReportPlots.THRESHOLDS, ReportPlots.STRATA)) {
      assertThat(second.resolve(file)).hasSameTextualContentAs(first.resolve(file));
    }
  }

  @ParameterizedTest
  @CsvSource({"0,0", "999,999", "1000,1.0k", "9949,9.9k", "9951,10k", "1234567,1.2M"})
  void countsAreShort(long count, String text) {
    assertThat(ReportPlots.shortCount(count)).isEqualTo(text);
  }
}
