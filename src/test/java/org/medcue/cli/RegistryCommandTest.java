package org.medcue.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.cli.Result.medcue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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
  void decisionSaysWhatItIsAndWantsTheRequestWhereTwoWait() throws IOException {
    String version = "mrkpa/7.1.0";
    registry(
        "adam",
        "add",
        TestVersions.folder(folder, "7.1.0", TestVersions::asItIs),
        "--reason=trained");
    registry("adam", "request", version, "--share=0.05", "--reason=try it");
    registry("adam", "request", version, "--reason=better");
    String canary = "a canary for 5 % of the patients, asked for by adam: try it";
    String active = "active, for every patient, asked for by adam: better";

    Result both = registry("ada", "approve", version, "--reason=seen");

    both.isOneLine("2 requests wait for mrkpa/7.1.0", "--request");
    assertThat(both.progress()).hasSize(2);
    String id = both.progress().stream().filter(l -> l.endsWith(canary)).findFirst().orElseThrow();
    assertThat(both.progress()).anyMatch(line -> line.endsWith(active));
    assertThat(registry("olivia", "list").out()).containsPattern(version + " +evaluated");
    Object which = "--request=" + id.split(" ", 2)[0];
    registry("ada", "approve", version, "--request=none", "--reason=x").isOneLine("none is open");
    registry("ada", "approve", version, which, "--revision=1", "--reason=x").isOneLine("changed");
    assertThat(registry("ada", "approve", version, which, "--reason=seen").progress())
        .containsExactly("approve mrkpa/7.1.0: " + canary);
    assertThat(registry("olivia", "list").out()).containsPattern(version + " +canary");
    assertThat(registry("ada", "decline", version, "--reason=first the trial").progress())
        .containsExactly("decline mrkpa/7.1.0: " + active);
    assertThat(registry("ada", "end-canary", version, "--reason=over").exit()).isZero();
  }

  @Test
  void listIsWhole() throws SQLException {
    sql("insert into model (name, revision) values ('paged', 1)");
    sql(
        "insert into model_version (model, version, state, digest, registered_at, changed_at)"
            + " select 'paged', '1.' || n, 'EVALUATED', 'none', now(), now()"
            + " from generate_series(1, 101) n");
    try {
      assertThat(registry("olivia", "list").out().lines().filter(l -> l.startsWith("paged/1.")))
          .hasSize(101)
          .doesNotHaveDuplicates();
    } finally {
      sql("delete from model_version where model = 'paged'");
      sql("delete from model where name = 'paged'");
    }
  }

  private static void sql(String statement) throws SQLException {
    try (Connection owner = PostgresResource.asOwner();
        Statement sql = owner.createStatement()) {
      sql.execute(statement);
    }
  }

  @Test
  void roleThatIsMissingIsNotSaidToBeAnAdmins() {
    registry("clara", "list").isOneLine("the roles of this token do not allow this");
    medcue(
            "replay",
            UUID.randomUUID(),
            "--url=http://localhost:" + RestAssured.port,
            "--token=" + Tokens.of("adam"))
        .isOneLine("the roles of this token do not allow this");
  }

  @Test
  void mistakesAreOneLine() throws IOException {
    registry("adam", "show", "mrkpa/0.0.0").isOneLine("no such version");
    registry("adam", "show", "mrkpa").isOneLine("mrkpa/2.1.0");
    registry("adam", "show", "mrkpa/..").isOneLine("mrkpa/2.1.0");
    registry("adam", "approve", "mrkpa/2.1.0", "--reason=x").isOneLine("nobody asked");
    registry("adam", "rollback", "mrkpa/2.1.0", "--reason=x").isOneLine("no version was active");
    registry("adam", "rollback", "mrkpa/2.1.0").isUsageError("--reason");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    registry("adam", "add", empty, "--reason=x").isOneLine("is this a model version?");
    medcue("registry", "list", "--url", "nonsense").isOneLine("--url");
    medcue("registry", "list", "--token", "a\r\nX: y").isOneLine("token");
  }
}
