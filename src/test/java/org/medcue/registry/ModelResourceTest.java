package org.medcue.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.harness.AuditHeadResource;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.RegistryResource;
import org.medcue.harness.TestVersions;
import org.medcue.harness.Tokens;
import org.medcue.model.ModelFolder;

/** The life of versions as two admins and an auditor live it. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(AuditHeadResource.class)
@QuarkusTestResource(KeycloakResource.class)
@QuarkusTestResource(RegistryResource.class)
class ModelResourceTest {

  private static final String MODEL = "/api/models/mrkpa";
  private static final String BUNDLED = "2.1.0";
  private static final String WHY = "{\"reason\": \"a test\"}";
  private static int number;

  @TempDir Path folder = Path.of("");

  private static String version(String number) {
    return MODEL + "/versions/" + number;
  }

  private static RequestSpecification as(String name) {
    return Tokens.bearer(name).contentType(ContentType.JSON);
  }

  /** As somebody who read the model just now. */
  private static RequestSpecification informed(String name) {
    String etag =
        Tokens.bearer("olivia").get(MODEL).then().statusCode(200).extract().header("ETag");
    return as(name).header("If-Match", etag);
  }

  private static Response upload(byte[] archive) {
    return Tokens.bearer("adam")
        .contentType("application/zip")
        .queryParam("reason", "trained anew")
        .body(archive)
        .post("/api/models");
  }

  /** A version that was taken in. */
  private String added(TestVersions.Edit edit) throws IOException {
    String version = "9.0." + number++;
    upload(TestVersions.zip(TestVersions.folder(folder, version, edit))).then().statusCode(201);
    return version;
  }

  private static String asked(String name, String version, String what) {
    return as(name)
        .body(what)
        .post(version(version) + "/requests")
        .then()
        .statusCode(201)
        .extract()
        .path("requests[0].id");
  }

  private static Response approve(RequestSpecification admin, String version, String request) {
    return admin
        .body("{\"request\":\"" + request + "\",\"decision\":\"approve\",\"reason\":\"seen\"}")
        .post(version(version) + "/approvals");
  }

  private static String promoted(String version) {
    String request = asked("adam", version, "{\"action\":\"activate\",\"reason\":\"better\"}");
    approve(informed("ada"), version, request).then().statusCode(200);
    return request;
  }

  private static JsonPath model() {
    return Tokens.bearer("olivia").get(MODEL).jsonPath();
  }

  private static void refused(Response response, int status, String code) {
    response
        .then()
        .statusCode(status)
        .contentType(containsString("application/problem+json"))
        .body("type", equalTo("urn:medcue:problem:" + code));
  }

  @AfterEach
  void bundledVersionAnswersAgain() {
    String active = model().getString("active");
    while (!active.equals(BUNDLED)) {
      informed("adam").body(WHY).post(version(active) + "/rollback").then().statusCode(200);
      active = model().getString("active");
    }
  }

  @Test
  void versionIsTakenInEvaluatedAndDescribed() throws IOException {
    String version = added(TestVersions::asItIs);

    Tokens.bearer("olivia")
        .get(version(version))
        .then()
        .statusCode(200)
        .body("summary.state", equalTo("evaluated"))
        .body("files.knowledge", hasItem("drugs/1.0.0"))
        .body("files.cardLacks.size()", equalTo(0))
        .body("history.details.to", equalTo(List.of("registered", "evaluated")))
        .body("history.by", equalTo(List.of("adam", "adam")))
        .body("history[0].details.reason", equalTo("trained anew"));
    assertThat(RegistryResource.root().resolve("mrkpa").resolve(version)).isDirectory();
    Tokens.bearer("olivia")
        .get(MODEL + "/versions?size=1")
        .then()
        .body("items[0].version", equalTo(version));
  }

  @Test
  void promotionNeedsASecondAdminWhoSawWhatIsThere() throws IOException {
    String version = added(TestVersions::asItIs);
    String stale = Tokens.bearer("olivia").get(MODEL).header("ETag");
    String request = asked("adam", version, "{\"action\":\"activate\",\"reason\":\"better\"}");

    refused(approve(informed("adam"), version, request), 409, "same-person");
    refused(approve(as("ada").header("If-Match", stale), version, request), 412, "stale");
    approve(as("ada"), version, request).then().statusCode(428);
    assertThat(model().getString("active")).isEqualTo(BUNDLED);

    approve(informed("ada"), version, request)
        .then()
        .statusCode(200)
        .body("summary.state", equalTo("active"))
        .body("summary.replaced", equalTo(BUNDLED))
        .body("requests[0].decidedBy", equalTo("ada"));
    refused(approve(informed("ada"), version, request), 409, "request-decided");
    Tokens.bearer("olivia")
        .get(version(BUNDLED))
        .then()
        .body("summary.state", equalTo("retired"))
        .body("history[-1].by", equalTo("ada"))
        .body("history[-1].details.to", equalTo("retired"));
  }

  @Test
  void rollbackIsOneActionOfOneAdmin() throws IOException {
    String version = added(TestVersions::asItIs);
    promoted(version);

    informed("adam")
        .body(WHY)
        .post(version(version) + "/rollback")
        .then()
        .statusCode(200)
        .body("summary.state", equalTo("retired"));

    assertThat(model().getString("active")).isEqualTo(BUNDLED);
    refused(informed("adam").body(WHY).post(version(BUNDLED) + "/rollback"), 409, "nothing-before");
    refused(informed("adam").body(WHY).post(version(version) + "/rollback"), 409, "illegal-state");
    promoted(version);
    assertThat(model().getString("active")).isEqualTo(version);
  }

  @Test
  void worseVersionNeedsAReasonToAnswerAllTheSame() throws IOException {
    String version = added(TestVersions::worse);
    String wish = "{\"action\":\"activate\",\"reason\":\"newer\"}";

    refused(as("adam").body(wish).post(version(version) + "/requests"), 409, "evaluation-worse");

    String request =
        asked("adam", version, wish.replace("}", ",\"override\":\"the other cohort is gone\"}"));
    approve(informed("ada"), version, request)
        .then()
        .statusCode(200)
        .body("history[-1].details.override", equalTo("the other cohort is gone"));
  }

  @Test
  void modelCardMustBeComplete() throws IOException {
    String version = added(TestVersions::withoutIntendedUse);

    Response refusal =
        as("adam")
            .body("{\"action\":\"canary\",\"share\":0.1,\"reason\":\"try\"}")
            .post(version(version) + "/requests");

    refused(refusal, 409, "card-incomplete");
    refusal.then().body("detail", containsString("intended use"));
  }

  @Test
  void trialsEndAsTheyBegan() throws IOException {
    String version = added(TestVersions::asItIs);

    informed("adam")
        .body(WHY)
        .put(version(version) + "/shadow")
        .then()
        .statusCode(200)
        .body("summary.state", equalTo("shadow"));
    refused(informed("adam").body(WHY).put(version(version) + "/shadow"), 409, "illegal-state");
    String request =
        asked("adam", version, "{\"action\":\"canary\",\"share\":0.1,\"reason\":\"try\"}");
    approve(informed("ada"), version, request)
        .then()
        .body("summary.state", equalTo("canary"))
        .body("summary.shadow", equalTo(true));
    assertThat(model().getString("canary")).isEqualTo(version);
    informed("adam")
        .delete(version(version) + "/canary?reason=seen+enough")
        .then()
        .statusCode(200)
        .body("summary.state", equalTo("shadow"));
    informed("adam")
        .delete(version(version) + "/shadow?reason=seen+enough")
        .then()
        .body("summary.state", equalTo("evaluated"));
    informed("adam")
        .body(WHY)
        .post(version(version) + "/rejection")
        .then()
        .body("summary.state", equalTo("rejected"));
    refused(
        as("adam")
            .body("{\"action\":\"activate\",\"reason\":\"after all\"}")
            .post(version(version) + "/requests"),
        409,
        "illegal-state");
  }

  private static String canary(String version, double share) {
    String request = asked("adam", version, wishForCanary(share));
    approve(informed("ada"), version, request).then().statusCode(200);
    return request;
  }

  private static String wishForCanary(double share) {
    return "{\"action\":\"canary\",\"share\":" + share + ",\"reason\":\"try\"}";
  }

  private static void endCanary(String version) {
    informed("adam").delete(version(version) + "/canary?reason=over").then().statusCode(200);
  }

  private static ValidatableResponse seen(String version) {
    return Tokens.bearer("olivia").get(version(version)).then().statusCode(200);
  }

  @Test
  void canaryThatIsReplacedHasItInItsHistory() throws IOException {
    String first = added(TestVersions::asItIs);
    String second = added(TestVersions::asItIs);
    canary(first, 0.1);

    canary(second, 0.2);

    assertThat(model().getString("canary")).isEqualTo(second);
    seen(first)
        .body("summary.state", equalTo("evaluated"))
        .body("history[-1].by", equalTo("ada"))
        .body("history[-1].details.from", equalTo("canary"))
        .body("history[-1].details.to", equalTo("evaluated"))
        .body("history[-1].details.replaced-by", equalTo(second));
    endCanary(second);
  }

  @Test
  void shareOfACanaryGrowsAsItBegan() throws IOException {
    String version = added(TestVersions::asItIs);
    canary(version, 0.1);

    refused(
        as("adam").body(wishForCanary(0.1)).post(version(version) + "/requests"),
        409,
        "illegal-state");
    canary(version, 0.25);

    assertThat(model().getDouble("canaryShare")).isEqualTo(0.25);
    seen(version)
        .body("summary.state", equalTo("canary"))
        .body("history[-1].by", equalTo("ada"))
        .body("history[-1].details.asked-by", equalTo("adam"))
        .body("history[-1].details.share-before", equalTo("0.1"))
        .body("history[-1].details.share", equalTo("0.25"));
    endCanary(version);
  }

  @Test
  void rejectionDeclinesWhatWaits() throws IOException {
    String version = added(TestVersions::asItIs);
    asked("adam", version, wishForCanary(0.1));
    asked("adam", version, "{\"action\":\"activate\",\"reason\":\"better\"}");

    informed("ada").body(WHY).post(version(version) + "/rejection").then().statusCode(200);

    seen(version)
        .body("requests.status", equalTo(List.of("declined", "declined")))
        .body("requests.decidedBy", equalTo(List.of("ada", "ada")))
        .body("requests.decisionReason", equalTo(List.of("a test", "a test")))
        .body("history[-3].details.to", equalTo("rejected"))
        .body("history[-2].details.step", equalTo("declined"))
        .body("history[-1].details.step", equalTo("declined"));
  }

  @Test
  void versionBeforeThatCannotBeServedIsNotBroughtBack() throws IOException, SQLException {
    String version = added(TestVersions::asItIs);
    promoted(version);
    Path whole =
        TestVersions.folder(
            RegistryResource.root().resolve("mrkpa"), "8.1.0", TestVersions::otherVocabulary);
    sql(
        "insert into model_version (model, version, state, digest, registered_at, changed_at)"
            + " values ('mrkpa', '8.1.0', 'RETIRED', '%s', now(), now())"
                .formatted(ModelFolder.open(whole).digest()));
    sql(replaced(version, "8.1.0"));
    try {
      Response refusal = informed("adam").body(WHY).post(version(version) + "/rollback");

      refused(refusal, 409, "cannot-be-served");
      refusal.then().body("detail", containsString("golden.json"));
      assertThat(model().getString("active")).isEqualTo(version);
    } finally {
      sql(replaced(version, BUNDLED));
      sql("delete from model_version where version = '8.1.0'");
    }
  }

  private static String replaced(String version, String before) {
    return "update model_version set replaced = '%s' where model = 'mrkpa' and version = '%s'"
        .formatted(before, version);
  }

  private static void sql(String statement) throws SQLException {
    try (Connection owner = PostgresResource.asOwner();
        Statement sql = owner.createStatement()) {
      sql.execute(statement);
    }
  }

  @Test
  void whatCanBeRefusedAtOnceIsBeforeFilesAreRead() throws IOException {
    String version = added(TestVersions::asItIs);
    String stale = Tokens.bearer("olivia").get(MODEL).header("ETag");
    String request = asked("adam", version, wishForCanary(0.1));
    Files.writeString(
        RegistryResource.root().resolve("mrkpa").resolve(version).resolve("golden.json"), "{}");

    refused(approve(as("ada").header("If-Match", stale), version, request), 412, "stale");
    refused(approve(informed("adam"), version, request), 409, "same-person");
    refused(
        approve(informed("ada"), version, UUID.randomUUID().toString()), 404, "no-such-request");
    refused(approve(informed("ada"), version, request), 409, "cannot-be-served");
    seen(version).body("problem", containsString("golden.json was changed"));
  }

  @Test
  void versionWhoseFilesWereChangedIsNotEvenTriedUnseen() throws IOException {
    String version = added(TestVersions::asItIs);
    Files.writeString(
        RegistryResource.root().resolve("mrkpa").resolve(version).resolve("golden.json"), "{}");

    refused(informed("adam").body(WHY).put(version(version) + "/shadow"), 409, "cannot-be-served");

    seen(version).body("summary.state", equalTo("evaluated"));
  }

  /** A disk that is as slow as can be: a pipe in the place of a manifest. */
  @Test
  void nobodyWaitsForAFolderThatIsRead() throws Exception {
    String slow = added(TestVersions::asItIs);
    String other = added(TestVersions::asItIs);
    Path manifest = RegistryResource.root().resolve("mrkpa").resolve(slow).resolve("manifest.json");
    Path aside = folder.resolve("manifest.json");
    Files.move(manifest, aside);
    assertThat(new ProcessBuilder("mkfifo", manifest.toString()).start().waitFor()).isZero();

    CompletableFuture<Integer> asking =
        CompletableFuture.supplyAsync(
            () ->
                as("adam").body(wishForCanary(0.1)).post(version(slow) + "/requests").statusCode());
    // Opens only when the service reads at the other end
    try (OutputStream pipe =
        CompletableFuture.supplyAsync(() -> writing(manifest)).get(60, TimeUnit.SECONDS)) {
      informed("ada").body(WHY).put(version(other) + "/shadow").then().statusCode(200);

      Files.copy(aside, manifest, StandardCopyOption.REPLACE_EXISTING);
      Files.copy(aside, pipe);
    }

    assertThat(asking.get(60, TimeUnit.SECONDS)).isEqualTo(201);
  }

  private static OutputStream writing(Path pipe) {
    try {
      return Files.newOutputStream(pipe, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void activeVersionIsNotRejectedAndSentAgainStaysAsItIs() throws IOException {
    refused(informed("adam").body(WHY).post(version(BUNDLED) + "/rejection"), 409, "illegal-state");
    Path bundled = RegistryResource.root().resolve("mrkpa").resolve(BUNDLED);
    String etag = Tokens.bearer("olivia").get(MODEL).header("ETag");

    upload(TestVersions.zip(bundled))
        .then()
        .statusCode(201)
        .header("ETag", etag)
        .body("summary.state", equalTo("active"));

    assertThat(bundled).isDirectory();
  }

  @Test
  void versionSentAgainComesBackWhereItsFolderIsMissing() throws IOException {
    String version = added(TestVersions::asItIs);
    Path placed = RegistryResource.root().resolve("mrkpa").resolve(version);
    byte[] archive = TestVersions.zip(placed);
    Files.move(placed, folder.resolve("lost"));

    upload(archive).then().statusCode(201).body("files.cardLacks.size()", equalTo(0));

    assertThat(placed).isDirectory();
    byte[] other =
        TestVersions.zip(TestVersions.folder(folder.resolve("b"), version, TestVersions::worse));
    refused(upload(other), 409, "version-exists");
    assertThat(placed.resolve("manifest.json"))
        .hasSameBinaryContentAs(folder.resolve("lost/manifest.json"));
  }

  @Test
  void changedFileIsRefusedAndLeavesNothing() throws IOException {
    Path version = TestVersions.folder(folder, "8.0.0", TestVersions::asItIs);
    byte[] weights = Files.readAllBytes(version.resolve("weights.safetensors"));
    weights[weights.length / 2] ^= 1;
    Files.write(version.resolve("weights.safetensors"), weights);

    Response refusal = upload(TestVersions.zip(version));

    refused(refusal, 409, "cannot-be-served");
    refusal.then().body("detail", containsString("weights.safetensors was changed"));
    nothingIsLeftOf("8.0.0");
  }

  @Test
  void otherVocabularyIsRefusedThoughItsDigestsAreRight() throws IOException {
    Path version = TestVersions.folder(folder, "8.0.1", TestVersions::otherVocabulary);

    Response refusal = upload(TestVersions.zip(version));

    refused(refusal, 409, "cannot-be-served");
    refusal.then().body("detail", containsString("golden.json"));
    nothingIsLeftOf("8.0.1");
  }

  @Test
  void profileThatCannotBeReadIsRefused() throws IOException {
    Path version = TestVersions.folder(folder, "8.0.3", TestVersions::otherProfile);

    Response refusal = upload(TestVersions.zip(version));

    refused(refusal, 409, "cannot-be-served");
    refusal.then().body("detail", containsString("profile.json"));
    nothingIsLeftOf("8.0.3");
  }

  @Test
  void dosagesThatCannotBeServedAreRefused() throws IOException {
    Path version = TestVersions.folder(folder, "8.0.4", TestVersions::otherDosages);

    Response refusal = upload(TestVersions.zip(version));

    refused(refusal, 409, "cannot-be-served");
    refusal
        .then()
        .body("detail", equalTo("dosages.json: drug 313988: dosage must be a list of 1 to 10"));
    nothingIsLeftOf("8.0.4");
  }

  @ParameterizedTest
  @CsvSource({"8.0.5, 99", "8.0.6, 1e308", "8.0.7, -0.1", "8.0.8, 0.9"})
  void figureThatTheEvaluationDoesNotStateIsRefused(String number, double figure)
      throws IOException {
    Path version = TestVersions.folder(folder, number, TestVersions.stating(figure));

    Response refusal = upload(TestVersions.zip(version));

    refused(refusal, 409, "cannot-be-served");
    refusal.then().body("detail", containsString("validation.sample.jaccard"));
    nothingIsLeftOf(number);
  }

  @Test
  void versionWithoutEvaluationIsRefused() throws IOException {
    Path version =
        TestVersions.folder(
            folder, "8.0.9", files -> Files.writeString(files.resolve("evaluation.json"), "[]"));

    Response refusal = upload(TestVersions.zip(version));

    refused(refusal, 409, "cannot-be-served");
    refusal.then().body("detail", equalTo("evaluation.json is no evaluation: no JSON object"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"02.1.0", "8.0.010", "99999999999999999999.0.0", "8.0.0-01"})
  void numberThatSomebodyWouldReadWronglyIsRefused(String number) throws IOException {
    Path version = TestVersions.folder(folder, number, TestVersions::asItIs);

    Response refusal = upload(TestVersions.zip(version));

    refused(refusal, 409, "cannot-be-served");
    refusal.then().body("detail", containsString("leading zeros"));
    nothingIsLeftOf(number);
  }

  @Test
  void manifestOfAnotherFormIsToldWithoutPlacesAndClasses() throws IOException {
    Path version = TestVersions.folder(folder, "8.0.11", TestVersions::asItIs);
    Path manifest = version.resolve("manifest.json");
    Files.writeString(
        manifest, Files.readString(manifest).replace("\"knowledge\" : [", "\"knowledge\" : [7, "));

    Response refusal = upload(TestVersions.zip(version));

    refused(refusal, 409, "cannot-be-served");
    refusal
        .then()
        .body(
            "detail",
            equalTo(
                "manifest.json is not a model manifest: what stands at knowledge/0 is missing,"
                    + " unknown or of another type"));
  }

  @Test
  void archiveThatClimbsOutIsRefused() throws IOException {
    byte[] archive = TestVersions.zip(TestVersions.folder(folder, "8.0.2", TestVersions::asItIs));
    byte[] name = "golden.json".getBytes(StandardCharsets.US_ASCII);
    byte[] climbing = "../lden.js/".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i + name.length < archive.length; i++) {
      if (Arrays.equals(archive, i, i + name.length, name, 0, name.length)) {
        System.arraycopy(climbing, 0, archive, i, name.length);
      }
    }

    upload(archive).then().statusCode(400).body("violations[0].path", equalTo("archive"));

    nothingIsLeftOf("8.0.2");
  }

  @Test
  void announcedTwoGigabytesAreRefusedAtOnce() throws IOException {
    String answer = raw("Content-Length: 2147483648\r\n\r\nPK", (out, in) -> {});

    assertThat(answer).startsWith("HTTP/1.1 413 ").contains("medcue.registry.max-upload");
  }

  @Test
  void twoGigabytesThatNobodyAnnouncedAreCutOff() throws IOException {
    byte[] random = new byte[1 << 17];
    new Random(1).nextBytes(random);
    String answer =
        raw(
            "Transfer-Encoding: chunked\r\n\r\n",
            (out, in) -> {
              byte[] header = {'P', 'K', 3, 4, 20, 0, 8, 0, 8, 0};
              byte[] entry = new byte[30 + 7];
              System.arraycopy(header, 0, entry, 0, header.length);
              entry[26] = 7;
              System.arraycopy("weights".getBytes(StandardCharsets.US_ASCII), 0, entry, 30, 7);
              chunk(out, entry);
              for (int i = 0; i < 32_768 && in.available() == 0; i++) {
                chunk(out, stored(random, i));
              }
            });

    assertThat(answer).startsWith("HTTP/1.1 413 ").contains("medcue.registry.max-upload");
    try (Stream<Path> incoming = Files.list(RegistryResource.root().resolve(".incoming"))) {
      assertThat(incoming).isEmpty();
    }
  }

  /** A block of deflate that is stored as it is. */
  private static byte[] stored(byte[] random, int number) {
    byte[] block = new byte[5 + 65_535];
    block[1] = (byte) 0xff;
    block[2] = (byte) 0xff;
    System.arraycopy(random, number % 60_000, block, 5, 65_535);
    return block;
  }

  private interface Sending {
    void to(OutputStream out, InputStream in) throws IOException;
  }

  private static void chunk(OutputStream out, byte[] bytes) throws IOException {
    out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.write(bytes);
    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  /** Sends until it is told to stop, and returns what it is told. */
  private static String raw(String rest, Sending sending) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
      socket.setSoTimeout(60_000);
      socket
          .getOutputStream()
          .write(
              ("POST /api/models?reason=large HTTP/1.1\r\nHost: localhost\r\n"
                      + "Content-Type: application/zip\r\nAuthorization: Bearer "
                      + Tokens.of("adam")
                      + "\r\n"
                      + rest)
                  .getBytes(StandardCharsets.US_ASCII));
      try {
        sending.to(socket.getOutputStream(), socket.getInputStream());
      } catch (IOException e) {
        // The service hung up, having answered
      }
      return read(socket.getInputStream());
    }
  }

  private static String read(InputStream in) {
    StringBuilder text = new StringBuilder();
    try {
      for (int c = in.read(); c >= 0 && !text.toString().endsWith("}"); c = in.read()) {
        text.append((char) c);
      }
    } catch (IOException e) {
      // What was heard before counts
    }
    return text.toString();
  }

  private static void nothingIsLeftOf(String version) throws IOException {
    assertThat(RegistryResource.root().resolve("mrkpa").resolve(version)).doesNotExist();
    try (Stream<Path> incoming = Files.list(RegistryResource.root().resolve(".incoming"))) {
      assertThat(incoming).isEmpty();
    }
    refused(Tokens.bearer("olivia").get(version(version)), 404, "no-such-version");
  }

  @Test
  void whatCannotBeUnderstoodIsRefusedInWords() {
    as("adam").body("{}").post(version(BUNDLED) + "/requests").then().statusCode(400);
    as("adam")
        .body("{\"action\":\"canary\",\"share\":0.9,\"reason\":\"try\"}")
        .post(version(BUNDLED) + "/requests")
        .then()
        .statusCode(400)
        .body("violations[0].path", equalTo("share"));
    informed("adam")
        .body("{\"request\":\"x\",\"decision\":\"approve\",\"reason\":\"seen\"}")
        .post(version(BUNDLED) + "/approvals")
        .then()
        .statusCode(400);
    informed("adam").body("{}").post(version(BUNDLED) + "/rollback").then().statusCode(400);
    Tokens.bearer("adam").get("/api/models/none").then().statusCode(404);
    Tokens.bearer("adam").get(MODEL + "/versions/..%00").then().statusCode(404);
  }
}
