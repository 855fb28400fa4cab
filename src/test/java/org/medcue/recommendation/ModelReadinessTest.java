package org.medcue.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medcue.serving.ServiceModels;

class ModelReadinessTest {

  private static final ServiceModels SWITCHED_OFF = ServiceModels.off();

  private static ServiceModels service(String answers, String assigned) {
    return new ServiceModels(
        Optional.of(answers).filter(version -> !version.isEmpty()),
        Optional.empty(),
        Optional.of(assigned),
        Optional.empty());
  }

  @Test
  void readyWhereEveryServiceThatHasAVersionAnswers() {
    assertThat(ModelReadiness.isReady(List.of(service("m/1", "m/1"), SWITCHED_OFF))).isTrue();
  }

  @Test
  void readyWhereAnOlderVersionAnswers() {
    assertThat(ModelReadiness.isReady(List.of(service("m/1", "m/2"), service("d/1", "d/1"))))
        .isTrue();
  }

  @Test
  void notReadyWhereAServiceCouldLoadNothing() {
    assertThat(ModelReadiness.isReady(List.of(service("", "m/2"), service("d/1", "d/1"))))
        .isFalse();
  }

  @Test
  void notReadyWhereNothingAnswers() {
    assertThat(ModelReadiness.isReady(List.of(SWITCHED_OFF, SWITCHED_OFF))).isFalse();
  }
}
