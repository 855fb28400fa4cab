package org.medcue.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medcue.harness.OutputRecorder;
import org.medcue.harness.Planted;

/**
 * Looks through all that the test run before it wrote (surefire runs first): every request of the
 * HTTP tests carries the planted things, whatever the test is about.
 */
class WholeLogIT {

  @Test
  void noLineOfTheWholeTestRunTellsOfAPatient() throws IOException {
    List<String> lines = Files.readAllLines(OutputRecorder.FILE);

    assertThat(lines)
        .as("the log of the service is among it")
        .anyMatch(line -> line.contains("Installed features"));
    assertThat(lines.stream().flatMap(line -> leak(line).stream())).isEmpty();
  }

  /** The start of a line that leaks: enough to find it, without the rest of what it tells. */
  private static Optional<String> leak(String line) {
    return Planted.ALL.stream()
        .filter(line::contains)
        .findFirst()
        .map(planted -> line.substring(0, Math.min(line.length(), 160)) + " <- " + planted);
  }
}
