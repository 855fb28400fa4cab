package org.medcue.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.registry.Assignment;

class RouteSwapTest {

  private final Versions versions = new Versions("m");
  private Route route = Route.NONE;

  private void swapTo(Assignment wanted) {
    try (RouteSwap swap = RouteSwap.start(route, wanted, versions)) {
      swap.commit(after -> route = after);
    }
  }

  private LoadedVersion active() {
    return route.active().orElseThrow();
  }

  @Test
  void replacedVersionIsClosedAndTheNewOneIsNot() {
    swapTo(versions.active("1"));
    swapTo(versions.active("2"));

    assertThat(active()).hasToString("m/2");
    assertThat(versions.open()).containsExactly("2");
  }

  @Test
  void replacedVersionStaysUntilTheLastRequestGivesItBack() {
    swapTo(versions.active("1"));
    LoadedVersion old = active();
    assertThat(old.take()).isTrue();
    assertThat(old.take()).isTrue();

    swapTo(versions.active("2"));
    old.giveBack();
    assertThat(versions.open()).containsExactlyInAnyOrder("1", "2");

    old.giveBack();
    assertThat(versions.open()).containsExactly("2");
    assertThat(old.take()).as("nobody begins with a closed version").isFalse();
  }

  @Test
  void swapIsDoneThoughTheReplacedVersionCannotBeFreed() {
    swapTo(versions.active("1"));
    Objects.requireNonNull(versions.networks.get("1")).afterClosing =
        () -> {
          throw new IllegalStateException("the memory was freed");
        };

    swapTo(versions.active("2"));

    assertThat(active()).hasToString("m/2");
    assertThat(versions.open()).containsExactly("2");
  }

  @Test
  void whatStaysAssignedIsNotLoadedAgain() {
    swapTo(versions.assignment("1", "2", 0.1, "2", "3"));
    swapTo(versions.active("2"));

    assertThat(versions.loads).containsExactly("1", "2", "3");
    assertThat(versions.open()).containsExactly("2");
  }

  @Test
  void swapThatIsNotCommittedFreesWhatItLoadedAndLeavesTheRoute() {
    swapTo(versions.active("1"));
    Route before = route;

    RouteSwap swap = RouteSwap.start(before, versions.assignment("2", "3", 0.1), versions);
    assertThat(versions.open()).containsExactlyInAnyOrder("1", "2", "3");
    swap.close();

    assertThat(route).isSameAs(before);
    assertThat(versions.open()).containsExactly("1");
  }

  @Test
  void swapWhosePublicationFailsIsRolledBack() {
    swapTo(versions.active("1"));

    assertThatThrownBy(
            () -> {
              try (RouteSwap swap = RouteSwap.start(route, versions.active("2"), versions)) {
                swap.commit(
                    after -> {
                      throw new IllegalStateException("no");
                    });
              }
            })
        .hasMessage("no");

    assertThat(active()).hasToString("m/1");
    assertThat(versions.open()).containsExactly("1");
  }

  @Test
  void trialByOtherKnowledgeThanTheActiveVersionIsNotEvenLoaded() {
    versions.cited.put("2", List.of(new KnowledgeVersion("drugs", "1.0.1")));

    try (RouteSwap swap =
        RouteSwap.start(Route.NONE, versions.assignment("1", "2", 0.1, "2", "3"), versions)) {
      assertThat(swap.missing()).containsOnlyKeys("m/2");
      assertThat(swap.missing().get("m/2")).hasMessageContaining("drugs/1.0.1");
      swap.commit(after -> route = after);
    }
    swapTo(versions.active("2"));

    assertThat(active()).hasToString("m/2");
    assertThat(versions.loads).containsExactly("1", "3", "2");
  }

  @Test
  void whereTheActiveVersionCannotBeLoadedTheOneBeforeAnswersAndTrialsEndAllTheSame() {
    swapTo(versions.assignment("1", "2", 0.1, "4"));
    versions.broken.add("3");

    try (RouteSwap swap = RouteSwap.start(route, versions.active("3"), versions)) {
      assertThat(swap.missing()).containsOnlyKeys("m/3");
      swap.commit(after -> route = after);
    }

    assertThat(route).hasToString("m/1 answers");
    assertThat(versions.open()).containsExactly("1");
  }

  @Test
  void canaryAndShadowThatCannotBeLoadedAreLeftOutAndNamed() {
    versions.broken.add("2");
    versions.broken.add("3");

    try (RouteSwap swap =
        RouteSwap.start(Route.NONE, versions.assignment("1", "2", 0.1, "2", "3", "4"), versions)) {
      assertThat(swap.missing()).containsOnlyKeys("m/2", "m/3");
      swap.commit(after -> route = after);
    }

    assertThat(active()).hasToString("m/1");
    assertThat(route.canary()).isEmpty();
    assertThat(route.shadows()).extracting(LoadedVersion::toString).containsExactly("m/4");
    assertThat(versions.loads).as("the canary is tried once").containsExactly("1", "2", "3", "4");
  }
}
