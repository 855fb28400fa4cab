package org.medcue.serving;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.medcue.harness.HookRequests.DIALOGUE;
import static org.medcue.harness.HookRequests.SERVICE;
import static org.medcue.harness.HookRequests.dialogue;
import static org.medcue.harness.HookRequests.recorded;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medcue.harness.AuditHeadResource;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.RegistryResource;
import org.medcue.harness.StubModels;
import org.medcue.harness.TestVersions;
import org.medcue.harness.TestVersions.Edit;
import org.medcue.harness.Tokens;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.knowledge.KnowledgeLibrary;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.registry.Assignments;
import org.medcue.registry.RegistryConfig;

/** The way of knowledge into a running service, to its cards, and back to cards of before. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuditHeadResource.class)
@QuarkusTestResource(KeycloakResource.class)
@QuarkusTestResource(RegistryResource.class)
class KnowledgeVersionsTest {

  private static final String MODEL = "/api/models/mrkpa";
  private static final String BUNDLED = "2.1.0";
  private static final String KNOWLEDGE = "extension['org.medcue.knowledge']";
  private static final List<String> DIALOGUE_MODEL =
      DialogueKnowledge.bundled().stream().map(KnowledgeVersion::toString).toList();
  private static final String WHY = "{\"reason\": \"a test\"}";

  @Inject RegistryConfig registry;
  @Inject Assignments assignments;
  @Inject RouteSwap.Loader loader;
  @Inject KnowledgeLibrary library;

  @TempDir Path folder = Path.of("");

  private Optional<ModelServer> server = Optional.empty();

  /** The versions that the database assigns answer, not a stub. */
  private ModelServer served() {
    ModelServer real =
        new ModelServer(
            registry.initial(),
            assignments,
            loader,
            library,
            new ServingMetrics(new SimpleMeterRegistry()),
            Duration.ofHours(1),
            Optional.empty());
    real.start(new StartupEvent());
    server = Optional.of(real);
    StubModels.serveBy(Optional.of(real));
    return real;
  }

  @AfterEach
  void bundledVersionAnswersAgain() {
    StubModels.serveBy(Optional.empty());
    server.ifPresent(ModelServer::close);
    String active = active();
    while (!active.equals(BUNDLED)) {
      informed("adam").body(WHY).post(version(active) + "/rollback").then().statusCode(200);
      active = active();
    }
  }

  private static String active() {
    return Tokens.bearer("olivia").get(MODEL).jsonPath().getString("active");
  }

  private static String version(String number) {
    return MODEL + "/versions/" + number;
  }

  private static RequestSpecification informed(String name) {
    return Tokens.bearer(name)
        .contentType(ContentType.JSON)
        .header("If-Match", Tokens.bearer("olivia").get(MODEL).header("ETag"));
  }

  private Response addKnowledge(String name, String version, Edit edit) throws IOException {
    Path files =
        TestVersions.knowledge(Files.createTempDirectory(folder, "k"), name, version, edit);
    return send(name, version, TestVersions.zip(files));
  }

  private static Response send(String name, String version, byte[] archive) {
    return Tokens.bearer("adam")
        .contentType("application/zip")
        .queryParam("name", name)
        .queryParam("version", version)
        .queryParam("reason", "a newer edition")
        .body(archive)
        .post("/api/knowledge");
  }

  private Response addModel(String version, Edit edit) throws IOException {
    return Tokens.bearer("adam")
        .contentType("application/zip")
        .queryParam("reason", "for newer knowledge")
        .body(TestVersions.zip(TestVersions.folder(folder, version, edit)))
        .post("/api/models");
  }

  private static void promote(String version) {
    String request =
        Tokens.bearer("adam")
            .contentType(ContentType.JSON)
            .body("{\"action\":\"activate\",\"reason\":\"newer\"}")
            .post(version(version) + "/requests")
            .then()
            .statusCode(201)
            .extract()
            .path("requests[0].id");
    informed("ada")
        .body(
            "{\"request\":\"%s\",\"decision\":\"approve\",\"reason\":\"seen\"}".formatted(request))
        .post(version(version) + "/approvals")
        .then()
        .statusCode(200);
  }

  private static JsonPath card(String service, String request) {
    JsonPath answer =
        given()
            .contentType(ContentType.JSON)
            .body(request)
            .post(service)
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    answer.setRootPath("cards[0]");
    return answer;
  }

  private static String logged(JsonPath card) {
    return card.getString("extension['org.medcue.recommendation']");
  }

  private static Response replay(JsonPath card) {
    return Tokens.bearer("olivia").get("/api/recommendations/" + logged(card) + "/replay");
  }

  /** Makes an entry of the log cite what it did not. */
  private static void cites(JsonPath card, String knowledge) throws SQLException {
    try (Connection owner = PostgresResource.asOwner();
        Statement sql = owner.createStatement()) {
      sql.execute(
          "update recommendation set knowledge = '%s' where id = '%s'"
              .formatted(knowledge, logged(card)));
    }
  }

  private static void replayedAsServed(JsonPath card) {
    JsonPath replayed = replay(card).then().statusCode(200).extract().jsonPath();

    assertThat(replayed.getList("differences")).isEmpty();
    assertThat(replayed.getBoolean("identical")).isTrue();
    assertThat(replayed.getList("knowledge")).isEqualTo(card.getList(KNOWLEDGE));
  }

  private static void refused(Response response, String code, String why) {
    response
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:medcue:problem:" + code))
        .body("detail", containsString(why));
  }

  private static void nothingIsLeftOf(String name, String version) throws IOException {
    assertThat(RegistryResource.root().resolve("knowledge").resolve(name).resolve(version))
        .doesNotExist();
    try (Stream<Path> incoming = Files.list(RegistryResource.root().resolve(".incoming"))) {
      assertThat(incoming).isEmpty();
    }
    read(name, version).then().statusCode(404);
  }

  private static Response read(String name, String version) {
    return Tokens.bearer("olivia").get("/api/knowledge/" + name + "/versions/" + version);
  }

  /** Every drug gets another name, which cards show. */
  @Test
  void cardsFollowTheKnowledgeOfWhatAnswersAndOldOnesAreMadeAgainByTheOld()
      throws IOException, SQLException {
    String visits = recorded("/demo/heart-failure.json");
    String talk = dialogue("P:胃胀反酸", "D:吃奥美拉唑").toString();
    ModelServer replica = served();
    JsonPath before = card(SERVICE, visits);
    JsonPath talkBefore = card(DIALOGUE, talk);
    assertThat(before.getList(KNOWLEDGE, String.class)).contains("drugs/1.0.0");

    addKnowledge(
            "drugs",
            "1.0.1",
            TestVersions.lines(
                "products.tsv", line -> line.replaceFirst("^([0-9]+)\t", "$1\tRenamed ")))
        .then()
        .statusCode(201)
        .body("summary.digest.length()", equalTo(64))
        .body("problem", nullValue());
    addModel("6.0.0", TestVersions.citing("drugs", "1.0.1")).then().statusCode(201);
    promote("6.0.0");
    replica.look();

    JsonPath after = card(SERVICE, visits);
    assertThat(after.getList(KNOWLEDGE, String.class))
        .contains("drugs/1.0.1", "dialogue-drugs/1.0.0")
        .doesNotContain("drugs/1.0.0");
    assertThat(after.getString("summary")).contains("Renamed ");
    JsonPath talkAfter = card(DIALOGUE, talk);
    assertThat(talkAfter.getList(KNOWLEDGE, String.class)).contains("drugs/1.0.1");
    for (JsonPath card : List.of(before, after, talkBefore, talkAfter)) {
      replayedAsServed(card);
    }
    cites(talkBefore, "drugs/0.9.0 " + String.join(" ", DIALOGUE_MODEL));
    replay(talkBefore)
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:medcue:problem:version-not-available"))
        .body("detail", containsString("drugs/0.9.0"));
    read("drugs", "1.0.1")
        .then()
        .body("citedBy.find { it.version == '6.0.0' }.state", equalTo("active"));
    read("drugs", "1.0.0")
        .then()
        .body("citedBy.find { it.version == '2.1.0' }.state", equalTo("retired"));

    informed("adam").body(WHY).post(version("6.0.0") + "/rollback").then().statusCode(200);
    replica.look();
    replayedAsServed(after);
    assertThat(card(SERVICE, visits).getList(KNOWLEDGE, String.class)).contains("drugs/1.0.0");
  }

  @Test
  void trialsReadByTheKnowledgeOfTheActiveVersion() throws IOException {
    addKnowledge("symptoms", "1.0.1", TestVersions::asItIs).then().statusCode(201);
    addModel("6.0.1", TestVersions.citing("symptoms", "1.0.1")).then().statusCode(201);

    refused(
        Tokens.bearer("adam")
            .contentType(ContentType.JSON)
            .body("{\"action\":\"canary\",\"share\":0.1,\"reason\":\"try\"}")
            .post(version("6.0.1") + "/requests"),
        "other-knowledge",
        "symptoms/1.0.1");
    refused(
        informed("adam").body(WHY).put(version("6.0.1") + "/shadow"),
        "other-knowledge",
        "can only become active");
  }

  @Test
  void whatIsNotSuchKnowledgeLeavesNothing() throws IOException {
    refused(
        addKnowledge("symptoms", "6.0.0", TestVersions.lines("symptoms.tsv", line -> "x\ty")),
        "cannot-be-read",
        "symptoms");
    nothingIsLeftOf("symptoms", "6.0.0");
    Path files = TestVersions.knowledge(folder, "symptoms", "6.0.1", TestVersions::asItIs);
    Files.writeString(files.resolve("symptoms.tsv"), "R05\tCough\n");
    refused(send("symptoms", "6.0.1", TestVersions.zip(files)), "cannot-be-read", "was changed");
    refused(send("maps", "6.0.1", TestVersions.zip(files)), "cannot-be-read", "was changed");
    nothingIsLeftOf("symptoms", "6.0.1");
    send("symptoms", "../6", TestVersions.zip(files))
        .then()
        .statusCode(400)
        .body("violations[0].path", equalTo("version"));
  }

  @Test
  void versionIsRegisteredOnceAndWithItsFilesOnly() throws IOException {
    addKnowledge("interactions", "6.0.0", TestVersions::asItIs).then().statusCode(201);
    Edit shorter = TestVersions.lines("interactions.tsv", line -> line.replace("# ", "#  "));

    addKnowledge("interactions", "6.0.0", TestVersions::asItIs).then().statusCode(201);
    refused(addKnowledge("interactions", "6.0.0", shorter), "version-exists", "other files");
    read("interactions", "6.0.0").then().statusCode(200).body("problem", nullValue());
  }

  @Test
  void modelCitesOnlyWhatIsRegisteredAndStillTheSame() throws IOException {
    refused(
        addModel("6.0.2", TestVersions.citing("symptoms", "6.1.0")),
        "cannot-be-served",
        "symptoms/6.1.0");
    addKnowledge("symptoms", "6.2.0", TestVersions::asItIs).then().statusCode(201);
    Path placed = RegistryResource.root().resolve("knowledge/symptoms/6.2.0");
    Files.writeString(placed.resolve("symptoms.tsv"), "R05\tCough\n");
    TestVersions.sum(placed);

    refused(
        addModel("6.0.3", TestVersions.citing("symptoms", "6.2.0")),
        "cannot-be-served",
        "another digest");
    read("symptoms", "6.2.0").then().body("problem", containsString("another digest"));
  }

  @Test
  void bundledKnowledgeIsRegisteredByTheConfigurationAndListed() {
    Tokens.bearer("olivia")
        .get("/api/knowledge?size=100")
        .then()
        .statusCode(200)
        .body("items.findAll { it.version == '1.0.0' }.name", hasItem("interactions"))
        .body("items.findAll { it.version == '1.0.0' }.size()", equalTo(7));
    List<String> entities =
        Tokens.bearer("olivia")
            .get("/api/audit/events?action=model-change&actor=configuration&size=100")
            .jsonPath()
            .getList("items.entity");
    assertThat(entities).contains("knowledge/drugs/1.0.0", "knowledge/interactions/1.0.0");
  }
}
