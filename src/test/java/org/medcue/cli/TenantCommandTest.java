package org.medcue.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.cli.Result.medcue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medcue.harness.EhrTokens;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.Tokens;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KeycloakResource.class)
class TenantCommandTest {

  @TempDir Path folder = Path.of("");

  private final String id = "c-" + UUID.randomUUID().toString().substring(0, 8);

  private Result tenant(Object... args) {
    List<Object> all = new ArrayList<>(List.of("tenant"));
    all.addAll(List.of(args));
    all.addAll(
        List.of("--url", "http://localhost:" + RestAssured.port, "--token", Tokens.of("ada")));
    return medcue(all.toArray());
  }

  private Result add() throws IOException {
    Path keys = folder.resolve("keys.json");
    Files.writeString(keys, EhrTokens.keySet(EhrTokens.curve("k", "P-384")));
    return tenant(
        "add",
        id,
        "--name=Hospital",
        "--issuer=https://" + id + ".example",
        "--key-set=" + keys,
        "--public-base=https://medcue.example",
        "--fhir-server=https://fhir.example/r4",
        "--fhir-server=https://10.0.0.7/r4,private",
        "--dry-run",
        "--reason=contract signed");
  }

  @Test
  void addedTenantIsListedAndShown() throws IOException {
    assertThat(add().exit()).isZero();

    assertThat(tenant("list").out()).containsPattern(id + " +dry-run +Hospital");
    assertThat(tenant("show", id).out())
        .contains("\"base\" : \"https://10.0.0.7/r4\"", "\"privateAddresses\" : true");
  }

  @Test
  void changeLeavesTheRestAsItIs() throws IOException {
    add();

    Result changed = tenant("change", id, "--no-dry-run", "--burst=7", "--reason=go-live");

    assertThat(changed.exit()).isZero();
    assertThat(tenant("show", id).out())
        .contains("\"dryRun\" : false", "\"burst\" : 7", "\"name\" : \"Hospital\"", "10.0.0.7");
  }

  @Test
  void disabledTenantIsListedAsSuch() throws IOException {
    add();

    assertThat(tenant("disable", id, "--reason=ended").exit()).isZero();

    assertThat(tenant("list").out()).containsPattern(id + " +disabled");
  }

  @Test
  void mistakesAreOneLine() throws IOException {
    tenant("show", "nobody").isOneLine("no such tenant");
    add();
    tenant("change", id, "--origin=*", "--reason=x").isOneLine("origins[0]");
    tenant("change", id).isUsageError("--reason");
    medcue("tenant", "list", "--url", "http://localhost:1").isOneLine("no service answers");
  }

  @Test
  void withoutATokenOneIsAskedFor() {
    medcue("tenant", "list", "--url", "http://localhost:" + RestAssured.port)
        .isOneLine("MEDCUE_TOKEN");
  }
}
