package org.medcue.cdshooks;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.harness.HookRequests.DIALOGUE;
import static org.medcue.harness.HookRequests.context;
import static org.medcue.harness.HookRequests.dialogue;
import static org.medcue.harness.HookRequests.draft;
import static org.medcue.harness.HookRequests.minimal;
import static org.medcue.harness.HookRequests.patient;
import static org.medcue.harness.HookRequests.prefetch;
import static org.medcue.harness.HookRequests.recorded;
import static org.medcue.harness.HookRequests.searchset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.LogRecorder;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.Tokens;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KeycloakResource.class)
class DialogueSuggestionsTest {

  private static final String SECRET = "我隔壁的紫色长颈鹿反酸烧心";

  private static Response post(ObjectNode request, String language) {
    return given()
        .contentType(ContentType.JSON)
        .header("Accept-Language", language)
        .body(request.toString())
        .post(DIALOGUE);
  }

  private static JsonPath answer(ObjectNode request) {
    return post(request, "en").then().statusCode(200).extract().jsonPath();
  }

  private static String detail(ObjectNode request) {
    return answer(request).getString("cards[0].detail");
  }

  @Test
  void discoveryAsksForTheMessages() {
    JsonPath discovery = given().get("/cds-services").then().statusCode(200).extract().jsonPath();

    assertThat(discovery.getString("services[1].id")).isEqualTo("medication-suggestions-dialogue");
    assertThat(discovery.getString("services[1].prefetch.communications"))
        .isEqualTo("Communication?patient={{context.patientId}}&_sort=-sent&_count=200");
  }

  @Test
  void aDialogueGetsOptionsWithBothNamesAndTheWordsThatWeighedMost() {
    Response response = post(dialogue("D:哪里不舒服", "P:晚上反酸烧心得厉害"), "zh-CN,zh;q=0.9");
    JsonPath answer = response.then().statusCode(200).extract().jsonPath();

    assertThat(response.header("Content-Language")).isEqualTo("zh");
    assertThat(response.header("Vary")).contains("Accept-Language");
    assertThat(answer.getString("cards[0].summary")).contains("奥美拉唑 (Omeprazole)");
    assertThat(answer.getString("cards[0].suggestions[0].label")).isEqualTo("开具 奥美拉唑 (Omeprazole)");
    assertThat(answer.getString("cards[0].detail")).contains("患者“晚上反酸烧心得厉害”（第 2 条）", "未记载诊断");
    String order = "cards[0].suggestions[0].actions[0].resource.medicationCodeableConcept.";
    assertThat(answer.getString(order + "text")).isEqualTo("奥美拉唑 (Omeprazole)");
    assertThat(answer.getString(order + "coding[0].system")).isEqualTo("http://www.whocc.no/atc");
    assertThat(answer.getString(order + "coding[0].code")).isEqualTo("A02BC01");
  }

  @Test
  void anAcceptedSuggestionIsNotOfferedAgainBesideItsDraft() {
    ObjectNode request = dialogue("P:反酸");
    ObjectNode accepted = draft("draft-1", patient(request));
    accepted.putObject("medicationCodeableConcept").put("text", "奥美拉唑肠溶胶囊 20mg");
    ((ObjectNode) context(request).path("draftOrders").path("entry").get(0))
        .set("resource", accepted);

    JsonPath answer = answer(request);

    assertThat(answer.getString("cards[0].suggestions[0].extension['org.medcue.drug']"))
        .isEqualTo("阿莫西林");
    assertThat(answer.getString("cards[0].detail")).contains("already among the draft orders");
  }

  @Test
  void whatThePatientTakesUnderItsChineseNameIsARenewal() {
    ObjectNode request = dialogue("P:反酸");
    ObjectNode taken = draft("o-1", patient(request)).put("status", "active");
    taken.putObject("medicationCodeableConcept").put("text", "莫沙必利片");
    prefetch(request).set("medications", searchset(taken));

    assertThat(answer(request).getString("cards[1].suggestions[0].label"))
        .isEqualTo("Renew Mosapride (莫沙必利)");
  }

  @Test
  void allergyWrittenInChineseWithholds() {
    ObjectNode request = dialogue("P:反酸");
    ObjectNode allergy = request.objectNode().put("resourceType", "AllergyIntolerance");
    allergy.put("id", "a-1").putObject("code").put("text", "青霉素");
    allergy.putObject("patient").put("reference", "Patient/" + patient(request));
    prefetch(request).set("allergies", searchset(allergy));

    assertThat(detail(request))
        .contains("**Amoxicillin (阿莫西林)** (80 %): charted allergy: 青霉素")
        .contains("drugs with unknown ingredients: Mosapride (莫沙必利)");
  }

  @Test
  void whatWasRejectedIsNotOfferedAgainInTheVisit() {
    ObjectNode request = dialogue("P:反酸");
    String card = answer(request).getString("cards[0].uuid");
    given()
        .contentType(ContentType.JSON)
        .body(
            "{\"feedback\":[{\"card\":\"%s\",\"outcome\":\"overridden\",\"outcomeTimestamp\":\"%s\"}]}"
                .formatted(card, Instant.now()))
        .post(DIALOGUE + "/feedback")
        .then()
        .statusCode(200);

    JsonPath answer = answer(request);
    assertThat(answer.getString("cards[0].detail"))
        .contains("**Omeprazole (奥美拉唑)** (90 %): rejected earlier in this visit");
    assertThat(answer.getString("cards[0].suggestions[0].extension['org.medcue.drug']"))
        .isEqualTo("铝镁化合物");
  }

  @Test
  void withoutMessagesACardSaysSo() {
    ObjectNode none = dialogue();
    prefetch(none).putNull("communications");

    assertThat(answer(none).getString("cards[0].summary"))
        .isEqualTo("No suggestion: there are no messages of doctor and patient");
    assertThat(answer(none).getList("cards[0].suggestions")).isNull();
  }

  @Test
  void messagesThatWereNotSentOrFailedAreNamed() {
    ObjectNode absent = dialogue();
    prefetch(absent).remove("communications");
    ObjectNode failed = dialogue();
    prefetch(failed).putObject("communications").put("resourceType", "OperationOutcome");

    assertThat(detail(absent)).contains("Messages were not sent: the dialogue may be incomplete");
    assertThat(detail(failed)).contains("Messages could not be read from the EHR");
  }

  @Test
  void theRequestOfTheOtherServiceIsAnsweredWithWhatIsMissing() {
    assertThat(detail(minimal())).contains("Messages were not sent");
  }

  @Test
  void onlyThePatientIsRequiredAndTheEncounterMayBeAbsent() {
    ObjectNode request = dialogue("P:反酸");
    context(request).remove("encounterId");
    for (String key : List.of("conditions", "allergies", "encounters", "medications")) {
      prefetch(request).remove(key);
    }

    assertThat(detail(request)).contains("Allergies were not sent", "the list was not sent");

    prefetch(request).remove("patient");
    post(request, "en").then().statusCode(412);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "P:😀😀😀👩‍⚕️",
        "P:胃食道逆流，晚上會反酸",
        "P:I have heartburn at night",
        "P:\u0000\u0001\u202e反\u200b酸\r\n|<script>",
        "P:\uD83D",
        "P:   ",
        "D:好的",
        "P:"
      })
  void whateverIsWrittenIsAnsweredOrNamed(String message) {
    Response response = post(dialogue(message), "en");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.jsonPath().getList("cards")).isNotEmpty();
    assertThat(response.asString()).doesNotContain("<script>");
  }

  @Test
  void fourHundredMessagesAreCutToTheLast() {
    String[] messages =
        IntStream.range(0, 400)
            .mapToObj(i -> (i % 2 == 0 ? "P:反酸" : "D:多久了") + i)
            .toArray(String[]::new);

    assertThat(detail(dialogue(messages)))
        .contains("Messages read: 200, of the patient 100, of the doctor 100")
        .contains("200 × message at the start of a long dialogue: left out or shortened");
  }

  @Test
  void megabytesAreCutAndMoreIsRefused() {
    assertThat(detail(dialogue("P:" + "反酸".repeat(1_000_000))))
        .contains("1 × message at the start of a long dialogue");

    post(dialogue("P:" + "反酸".repeat(2_000_000)), "en").then().statusCode(413);
  }

  @Test
  void messagesWithoutChineseGetACardThatSaysSo() {
    assertThat(answer(dialogue("P:I have heartburn")).getString("cards[0].summary"))
        .isEqualTo("No suggestion: no message is in Chinese");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", "--", "zh,-", "-;q=1", ";;", "q=", "*"})
  void anyAcceptLanguageIsAnswered(String language) {
    post(dialogue("P:反酸"), language).then().statusCode(200);
  }

  @Test
  void nothingThatWasSaidIsWrittenToTheLogAndTheAuditorReadsTheCardAsServed() {
    try (LogRecorder log = LogRecorder.open()) {
      ObjectNode request = dialogue("D:哪里不舒服", "P:" + SECRET);
      assertThat(detail(request)).contains(SECRET);
      post(request.put("hookInstance", SECRET), "en").then().statusCode(400);

      assertThat(Tokens.bearer("olivia").get("/api/recommendations?size=1").asString())
          .contains(patient(request), SECRET);
      assertThat(log.lines()).noneMatch(line -> line.contains("长颈鹿"));
    }
  }

  @Test
  void theDemoDialogueIsAnswered() {
    String demo = recorded("/demo/reflux-dialogue.json");

    JsonPath answer =
        given()
            .contentType(ContentType.JSON)
            .body(demo)
            .post(DIALOGUE)
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();

    assertThat(answer.getString("cards[0].detail"))
        .contains("Messages read: 11, of the patient 6, of the doctor 5")
        .contains("Disease: Oesophagitis (食管炎), as this visit states")
        .contains("charted allergy: 青霉素");
    assertThat(answer.getString("cards[1].suggestions[0].label"))
        .startsWith("Renew Aluminium-magnesium antacids");
  }
}
