package org.medcue.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {

  private static final int PATIENTS = 100_000;

  private final Versions versions = new Versions("m");

  private Route route(double share, String... shadows) {
    try (RouteSwap swap =
        RouteSwap.start(Route.NONE, versions.assignment("1", "2", share, shadows), versions)) {
      Route[] route = new Route[1];
      swap.commit(committed -> route[0] = committed);
      return route[0];
    }
  }

  private static boolean isOfCanary(Route route, String tenant, int patient) {
    return route.isCanary(route.of(tenant, "patient-" + patient).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1, 0.33, 0.5})
  void canaryAnswersForItsShareOfThePatients(double share) {
    Route route = route(share);

    long canaries = IntStream.range(0, PATIENTS).filter(i -> isOfCanary(route, "local", i)).count();

    assertThat((double) canaries / PATIENTS).isCloseTo(share, within(0.01));
  }

  @Test
  void patientStaysWithTheVersion() {
    Route now = route(0.3);
    Route afterRestart = route(0.3);

    assertThat(IntStream.range(0, 1000))
        .allMatch(i -> isOfCanary(now, "local", i) == isOfCanary(afterRestart, "local", i));
  }

  @Test
  void growingShareKeepsThoseWhoAreIn() {
    Route small = route(0.1);
    Route large = route(0.4);

    assertThat(IntStream.range(0, PATIENTS).filter(i -> isOfCanary(small, "local", i)))
        .isNotEmpty()
        .allMatch(i -> isOfCanary(large, "local", i));
  }

  @Test
  void samePatientIdOfAnotherTenantIsAnotherPatient() {
    Route route = route(0.5);

    assertThat(IntStream.range(0, 100))
        .anyMatch(i -> isOfCanary(route, "north", i) != isOfCanary(route, "south", i));
  }

  @Test
  void shadowsScoreWhatTheActiveVersionAnswered() {
    assertThat(names(route(0.1, "3", "4").challengers("1"))).containsExactly("m/3", "m/4");
  }

  @Test
  void activeVersionScoresWhatTheCanaryAnswered() {
    assertThat(names(route(0.1, "2", "3").challengers("2"))).containsExactly("m/1", "m/3");
  }

  private static List<String> names(List<LoadedVersion> versions) {
    return versions.stream().map(LoadedVersion::toString).toList();
  }
}
