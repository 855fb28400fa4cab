package org.medcue.cdshooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.medcue.fhir.AllowedFhirServer;
import org.medcue.harness.LogRecorder;
import org.medcue.tenant.FhirServer;
import org.medcue.tenant.Tenant;
import org.medcue.tenant.TenantSettings;

class ListedFhirServersTest {

  private static Tenant hospital(FhirServer... servers) {
    return new Tenant(
        "general-hospital",
        1,
        new TenantSettings(
            "General Hospital",
            "https://ehr.example",
            Optional.empty(),
            List.of(),
            List.of(servers),
            List.of(),
            Optional.empty(),
            600,
            60,
            false,
            true));
  }

  @Test
  void configuredServersAreForCallsWithoutClientTrustAlone() {
    ListedFhirServers servers =
        new ListedFhirServers(Optional.of(List.of("http://localhost:8081/fhir/")));

    assertThat(servers.of(Tenant.local()))
        .containsExactly(new AllowedFhirServer("http://localhost:8081/fhir", true));
    assertThat(servers.of(hospital())).isEmpty();
  }

  @Test
  void tenantHasTheServersThatItsAdminListed() {
    ListedFhirServers servers = new ListedFhirServers(Optional.empty());

    assertThat(servers.of(Tenant.local())).isEmpty();
    assertThat(servers.of(hospital(new FhirServer("https://ehr.example/fhir", false))))
        .containsExactly(new AllowedFhirServer("https://ehr.example/fhir", false));
  }

  @Test
  void serverThatCannotBeUsedCostsTheTenantNoCalls() {
    ListedFhirServers servers = new ListedFhirServers(Optional.empty());
    Tenant tenant =
        hospital(
            new FhirServer("https://ehr.example/a%20b", false),
            new FhirServer("https://ehr.example/fhir", false));

    try (LogRecorder log = LogRecorder.open()) {
      assertThat(servers.of(tenant))
          .containsExactly(new AllowedFhirServer("https://ehr.example/fhir", false));
      servers.of(tenant);

      assertThat(log.lines())
          .filteredOn(line -> line.contains("general-hospital"))
          .singleElement()
          .asString()
          .doesNotContain("a%20b");
    }
  }

  @Test
  void whatIsNoBaseUrlIsNoticedAtStart() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ListedFhirServers(Optional.of(List.of("localhost:8081"))));
  }
}
