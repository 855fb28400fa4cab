package org.medcue.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.cli.Result.medcue;
import static org.medcue.harness.TrustRequired.PUBLIC_BASE;
import static org.medcue.tenant.TestTenants.settings;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medcue.audit.Actor;
import org.medcue.harness.EhrTokens;
import org.medcue.harness.HookRequests;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.TrustRequired;
import org.medcue.tenant.TenantService;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@TestProfile(TrustRequired.class)
class SignedBenchmarkTest {

  private static final String ISSUER = "https://benchmark.example";

  @TempDir Path folder = Path.of("");

  @Inject TenantService tenants;

  @Test
  void benchmarkSignsEachCall() throws IOException {
    PublicJsonWebKey key = EhrTokens.curve("k", "P-384");
    Path file = folder.resolve("key.json");
    Files.writeString(file, key.toJson(OutputControlLevel.INCLUDE_PRIVATE));
    tenants.add("benchmark", settings(ISSUER, EhrTokens.keySet(key)), Actor.person("test"), "test");
    String url = "http://localhost:" + RestAssured.port;
    String audience = PUBLIC_BASE + HookRequests.SERVICE;

    Result signed =
        medcue(
            "benchmark",
            "--url=" + url,
            "--calls=3",
            "--warm-up=1",
            "--issuer=" + ISSUER,
            "--key=" + file,
            "--audience=" + audience);

    assertThat(signed.exit()).isZero();
    assertThat(signed.out()).containsPattern("by 1 client .* of 3\n");
    assertThat(
            medcue(
                    "benchmark",
                    "--url=" + url,
                    "--calls=8",
                    "--clients=4",
                    "--warm-up=1",
                    "--issuer=" + ISSUER,
                    "--key=" + file,
                    "--audience=" + audience)
                .out())
        .containsPattern("by 4 clients [0-9]+ a second, .* of 8\n");
    medcue("benchmark", "--url=" + url).isOneLine("--issuer and --key");
  }
}
