package org.medcue.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.medcue.harness.OutputRecorder;
import org.medcue.harness.Planted;

/**
 * Looks through all that the test runs before it wrote: those of surefire, and the package as the
 * integration tests start it (they run in the order of their names). Every request of the HTTP
 * tests carries the planted things, whatever the test is about.
 */
class WholeLogIT {

  /** Where Quarkus has a package write that it starts for integration tests. */
  private static final Path PACKAGED = Path.of("target", "quarkus.log");

  static List<Path> logs() {
    return Stream.concat(
            Stream.of(OutputRecorder.FILE, PACKAGED, KilledServiceIT.LOG),
            PromotionIT.LOGS.stream())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("logs")
  void noLineOfTheWholeTestRunTellsOfAPatient(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);

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
