package org.medcue.cdshooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medcue.fhir.AllowedFhirServer;

class ConfiguredServersTest {

  @Test
  void configuredServersAreForCallsWithoutClientTrustAlone() {
    ConfiguredServers servers =
        new ConfiguredServers(Optional.of(List.of("http://localhost:8081/fhir/")));

    assertThat(servers.of(CdsHooksResource.LOCAL))
        .containsExactly(new AllowedFhirServer("http://localhost:8081/fhir", true));
    assertThat(servers.of("general-hospital")).isEmpty();
  }

  @Test
  void withoutConfigurationNothingIsAllowed() {
    assertThat(new ConfiguredServers(Optional.empty()).of(CdsHooksResource.LOCAL)).isEmpty();
  }

  @Test
  void whatIsNoBaseUrlIsNoticedAtStart() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConfiguredServers(Optional.of(List.of("localhost:8081"))));
  }
}
