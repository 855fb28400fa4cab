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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.RegistryResource;
import org.medcue.harness.TestVersions;
import org.medcue.harness.Tokens;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KeycloakResource.class)
@QuarkusTestResource(RegistryResource.class)
class RegistryCommandTest {

  @TempDir Path folder = Path.of("");

  private static Result registry(String who, Object... args) {
    List<Object> all = new ArrayList<>(List.of("registry"));
    all.addAll(List.of(args));
    all.addAll(List.of("--url", "http://localhost:" + RestAssured.port, "--token", Tokens.of(who)));
    return medcue(all.toArray());
  }

  @Test
  void twoAdminsPromoteAndOneRollsBack() throws IOException {
    Path version = TestVersions.folder(folder, "7.0.0", TestVersions::asItIs);

    assertThat(registry("adam", "add", version, "--reason=trained").exit()).isZero();
    assertThat(registry("adam", "list").out()).containsPattern("mrkpa/7.0.0 +evaluated");
    assertThat(registry("adam", "request", "mrkpa/7.0.0", "--reason=better").exit()).isZero();
    registry("adam", "approve", "mrkpa/7.0.0", "--reason=mine").isOneLine("another admin");
    assertThat(registry("ada", "approve", "mrkpa/7.0.0", "--reason=seen").exit()).isZero();
    assertThat(registry("olivia", "list").out())
        .containsPattern("mrkpa/7.0.0 +active")
        .containsPattern("mrkpa/2.1.0 +retired");
    assertThat(registry("ada", "rollback", "mrkpa/7.0.0", "--reason=worse").exit()).isZero();
    assertThat(registry("olivia", "show", "mrkpa/2.1.0").out()).contains("\"state\" : \"active\"");
  }

  @Test
  void folderWithSumsIsKnowledge() throws IOException {
    Path version = TestVersions.knowledge(folder, "interactions", "7.0.0", TestVersions::asItIs);

    assertThat(registry("adam", "add", version, "--reason=newer").out())
        .contains("\"version\" : \"7.0.0\"");

    assertThat(registry("olivia", "list").out())
        .containsPattern("interactions/7.0.0 +registered")
        .containsPattern("drugs/1.0.0 +registered");
    Files.writeString(version.resolve("more.tsv"), "x");
    registry("adam", "add", version, "--reason=x").isOneLine("more.tsv is not listed");
  }

  @Test
  void mistakesAreOneLine() throws IOException {
    registry("adam", "show", "mrkpa/0.0.0").isOneLine("no such version");
    registry("adam", "show", "mrkpa").isOneLine("mrkpa/2.1.0");
    registry("adam", "approve", "mrkpa/2.1.0", "--reason=x").isOneLine("nobody asked");
    registry("adam", "rollback", "mrkpa/2.1.0", "--reason=x").isOneLine("no version was active");
    registry("clara", "list").isOneLine("not an admin's");
    registry("adam", "rollback", "mrkpa/2.1.0").isUsageError("--reason");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    registry("adam", "add", empty, "--reason=x").isOneLine("is this a model version?");
    medcue("registry", "list", "--url", "nonsense").isOneLine("--url");
    medcue("registry", "list", "--token", "a\r\nX: y").isOneLine("token");
  }
}
