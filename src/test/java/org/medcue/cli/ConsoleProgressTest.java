package org.medcue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.training.Progress;

class ConsoleProgressTest {

  private static final String FIGURES = "loss 0.312, 12:34 left, 2,243 visits/s, best 0.7816";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void logHasOneLineForEachWorkAndEachResult() {
    try (ConsoleProgress progress = progress(false)) {
      report(progress);
      report(progress.named("retain-1"));
    }

    assertThat(lines())
        .containsExactly(
            "reading Encounter.ndjson",
            "fine-tuning 1/1: loss 0.3",
            "evaluating",
            "retain-1: reading Encounter.ndjson",
            "retain-1: fine-tuning 1/1: loss 0.3",
            "retain-1: evaluating");
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("\r").endsWith("\n");
  }

  private static void report(Progress progress) {
    for (int i = 1; i <= 3; i++) {
      progress.update("reading Encounter.ndjson", i, 3);
    }
    for (int i = 1; i <= 3; i++) {
      progress.update("fine-tuning 1/1", FIGURES, i, 3);
    }
    progress.finished("fine-tuning 1/1: loss 0.3");
    for (int i = 1; i <= 3; i++) {
      progress.update("evaluating", i, 3);
    }
  }

  @Test
  void terminalKeepsTheLineOfAnEpochAboveTheBar() {
    try (ConsoleProgress progress = progress(true)) {
      report(progress);
    }

    assertThat(out.toString(StandardCharsets.UTF_8).split("[\r\n]+"))
        .filteredOn(line -> line.startsWith("fine-tuning 1/1: loss 0.3"))
        .hasSize(1);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("100% [===");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 79, 80, 200})
  void barFitsTheTerminal(int width) {
    String line = ConsoleProgress.line(0.5, "fine-tuning 2/8: " + FIGURES, width);

    assertThat(line).hasSizeLessThanOrEqualTo(width).startsWith(" 50% ");
  }

  @Test
  void eightyColumnsShowEveryFigure() {
    assertThat(ConsoleProgress.line(0.5, "fine-tuning 2/8: " + FIGURES, 79))
        .isEqualTo(" 50% [== ] fine-tuning 2/8: " + FIGURES);
    assertThat(ConsoleProgress.line(0, "reading Encounter.ndjson", 79))
        .isEqualTo("  0% [" + " ".repeat(30) + "] reading Encounter.ndjson");
  }

  private ConsoleProgress progress(boolean terminal) {
    return new ConsoleProgress(
        "test", new PrintStream(out, true, StandardCharsets.UTF_8), terminal);
  }

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
