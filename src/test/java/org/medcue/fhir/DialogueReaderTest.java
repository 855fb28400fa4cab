package org.medcue.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medcue.fhir.DialogueFixtures.DOCTOR;
import static org.medcue.fhir.DialogueFixtures.PATIENT;
import static org.medcue.fhir.DialogueFixtures.at;
import static org.medcue.fhir.DialogueFixtures.communication;
import static org.medcue.fhir.DialogueFixtures.lines;
import static org.medcue.fhir.DialogueFixtures.message;
import static org.medcue.fhir.DialogueFixtures.prefetch;
import static org.medcue.fhir.DialogueFixtures.read;
import static org.medcue.fhir.DialogueFixtures.readIn;
import static org.medcue.fhir.FhirFixtures.bundle;
import static org.medcue.fhir.FhirFixtures.encounter;
import static org.medcue.fhir.FhirFixtures.json;
import static org.medcue.fhir.FhirFixtures.omission;
import static org.medcue.fhir.FhirFixtures.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.DialogueEvidence;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Omission.Kind;
import org.medcue.clinical.Speaker;

class DialogueReaderTest {

  @Test
  void messagesBecomeADialogueInOrderOfTime() {
    DialogueEvidence evidence =
        read(
            message(3, PATIENT, "没有"),
            message(1, PATIENT, "喉咙紧，鼻塞"),
            message(2, DOCTOR, "您好，有没有发烧呢？"));

    assertThat(lines(evidence)).containsExactly("P: 喉咙紧，鼻塞", "D: 您好，有没有发烧呢？", "P: 没有");
    assertThat(evidence.omissions()).isEmpty();
  }

  @Test
  void noMessagesAreAnEmptyDialogue() {
    assertThat(read().dialogue()).isEqualTo(Dialogue.EMPTY);
    assertThat(read().omissions()).isEmpty();
  }

  @Test
  void messagesThatWereNotAskedForAreNoted() {
    DialogueEvidence evidence = read(Optional.empty(), Map.of(), bundle());

    assertThat(evidence.dialogue()).isEqualTo(Dialogue.EMPTY);
    assertThat(evidence.omissions())
        .hasSize(6)
        .contains(omission(Kind.PREFETCH_ABSENT, "communications", 1));
  }

  @Test
  void oneSpeakerAloneIsADialogue() {
    DialogueEvidence evidence = read(message(1, PATIENT, "a"), message(2, PATIENT, "b"));

    assertThat(lines(evidence)).containsExactly("P: a", "P: b");
  }

  @Test
  void aFirstPageIsReadAndNoted() {
    ObjectNode page = bundle(message(1, PATIENT, "a"));
    page.putArray("link").addObject().put("relation", "next");

    DialogueEvidence evidence = readMessages(page);

    assertThat(lines(evidence)).containsExactly("P: a");
    assertThat(evidence.omissions())
        .containsExactly(omission(Kind.PREFETCH_TRUNCATED, "communications", 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'reference': 'Practitioner/1'}|DOCTOR",
        "{'reference': 'PractitionerRole/1'}|DOCTOR",
        "{'reference': 'https://ehr.example/fhir/Practitioner/1/_history/2'}|DOCTOR",
        "{'type': 'Practitioner', 'display': 'Dr Wang'}|DOCTOR",
        "{'type': 'http://hl7.org/fhir/StructureDefinition/PractitionerRole'}|DOCTOR",
        "{'reference': 'urn:uuid:0-0', 'type': 'Practitioner'}|DOCTOR",
        "{'reference': '#c'}|DOCTOR",
        "{'reference': 'Patient/p1'}|PATIENT",
        "{'reference': 'RelatedPerson/mother'}|PATIENT",
        "{'type': 'Patient', 'identifier': {'value': '1'}}|PATIENT",
        "{'reference': '#r'}|PATIENT"
      })
  void theSenderTellsTheSpeaker(String sender, Speaker speaker) {
    DialogueEvidence evidence =
        read(
            message(
                "'contained': [{'resourceType': 'Practitioner', 'id': 'c'}, {'resourceType':"
                    + " 'RelatedPerson', 'id': '#r'}], 'sender': "
                    + sender.replace('"', '\''),
                "a"));

    assertThat(evidence.dialogue().utterances().get(0).speaker()).isEqualTo(speaker);
  }

  @Test
  void theSenderMayBeSentBesideTheMessage() {
    ObjectNode messages = bundle(message("'sender': {'reference': 'urn:uuid:7'}, " + at(1), "a"));
    messages
        .withArray("entry")
        .addObject()
        .put("fullUrl", "urn:uuid:7")
        .set("resource", json("{'resourceType': 'Practitioner', 'name': [{'text': 'Wang'}]}"));

    DialogueEvidence evidence = readMessages(messages);

    assertThat(lines(evidence)).containsExactly("D: a");
    assertThat(evidence.omissions()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'display': 'Dr Wang'}",
        "{'reference': 'Organization/1'}",
        "{'reference': 'Device/1', 'type': 'Practitioner'}",
        "{'reference': 'HealthcareService/1'}",
        "{'reference': 'Patient/p2'}",
        "{'reference': 'urn:uuid:gone'}",
        "{'reference': '#gone'}",
        "{'reference': '#'}",
        "{'reference': ''}"
      })
  void aSenderWhoIsNeitherIsLeftOutByName(String sender) {
    DialogueEvidence evidence =
        read(message("'id': 'x', 'sender': " + sender, "a"), message(2, DOCTOR, "b"));

    assertThat(lines(evidence)).containsExactly("D: b");
    assertThat(evidence.omissions())
        .containsExactly(omission(Kind.UNKNOWN_SENDER, "Communication", 1));
  }

  @Test
  void aMessageWithoutSenderIsLeftOutByName() {
    assertThat(read(message(at(1), "a")).omissions())
        .containsExactly(omission(Kind.UNKNOWN_SENDER, "Communication", 1));
  }

  @Test
  void doctorsAmongThemselvesAreNoPartOfTheDialogue() {
    String colleague = ", 'recipient': [{'reference': 'PractitionerRole/2'}]";
    String all = ", 'recipient': [{'reference': 'Practitioner/2'}, {'reference': 'Patient/p1'}]";
    String team = ", 'recipient': [{'reference': 'CareTeam/2'}]";

    DialogueEvidence evidence =
        read(
            message(1, DOCTOR + colleague, "a"),
            message(2, DOCTOR + all, "b"),
            message(3, DOCTOR + team, "c"));

    assertThat(lines(evidence)).containsExactly("D: b", "D: c");
    assertThat(evidence.omissions())
        .containsExactly(omission(Kind.OTHER_CONVERSATION, "Communication", 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"entered-in-error", "not-done", "preparation"})
  void whatWasNotSaidIsNoPartOfTheDialogue(String status) {
    DialogueEvidence evidence =
        read(message(1, PATIENT, "a").replace("completed", status), message(2, DOCTOR, "b"));

    assertThat(lines(evidence)).containsExactly("D: b");
    assertThat(evidence.omissions()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"in-progress", "on-hold", "stopped", "completed", "unknown"})
  void anyOtherStatusWasSaid(String status) {
    assertThat(lines(read(message(1, PATIENT, "a").replace("completed", status))))
        .containsExactly("P: a");
  }

  @Test
  void aMessageWithoutStatusWasSaid() {
    assertThat(lines(read(message(1, PATIENT, "a").replace("'status': 'completed',", ""))))
        .containsExactly("P: a");
  }

  @Test
  void severalTextsOfAMessageAreSeveralUtterances() {
    DialogueEvidence evidence =
        read(
            communication(
                PATIENT
                    + ", "
                    + at(1)
                    + ", 'payload': [{'contentString': 'a'}, {'contentAttachment': {'data':"
                    + " 'not base64', 'contentType': 'image/png'}}, {'contentString': 'b'},"
                    + " {'contentReference': {'reference': 'Media/1'}}, {'contentString': ' '},"
                    + " {}]"));

    assertThat(lines(evidence)).containsExactly("P: a", "P: b");
    assertThat(evidence.omissions()).containsExactly(omission(Kind.NO_TEXT, "Communication", 4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'payload': []",
        "'payload': null",
        "'payload': [{'contentString': ''}]",
        "'payload': [{'contentString': null}]",
        "'payload': [{'contentString': '\\u0000 \\u200b'}]",
        "'payload': [{'contentAttachment': {'url': 'https://ehr.example/Binary/1'}}]",
        "'medium': []"
      })
  void aMessageWithoutTextIsLeftOutByName(String payload) {
    DialogueEvidence evidence = read(communication(PATIENT + ", " + payload));

    assertThat(evidence.dialogue()).isEqualTo(Dialogue.EMPTY);
    assertThat(evidence.omissions()).containsExactly(omission(Kind.NO_TEXT, "Communication", 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'payload': 'a'",
        "'payload': {'contentString': 'a'}",
        "'payload': ['a']",
        "'payload': [{'contentString': 7}]",
        "'payload': [{'contentString': ['a']}]",
        "'sent': 7",
        "'sender': 'Patient/p1'",
        "'inResponseTo': {'reference': 'Communication/1'}"
      })
  void aMessageOfOtherJsonTypesIsRefused(String element) {
    assertThatThrownBy(() -> read(communication(element)))
        .isInstanceOf(MalformedFhirException.class)
        .hasMessageStartingWith("prefetch.communications");
  }

  @Test
  void aMessageThatCannotBeUnderstoodIsLeftOutByName() {
    DialogueEvidence evidence =
        read(
            message(1, PATIENT, "a").replace("completed", "whispered"),
            message(2, PATIENT + ", 'modifierExtension': [{'url': 'x'}]", "b"),
            message(3, DOCTOR, "c"));

    assertThat(lines(evidence)).containsExactly("D: c");
    assertThat(evidence.omissions()).containsExactly(omission(Kind.UNREADABLE, "Communication", 2));
  }

  @Test
  void whereSentIsMissingReceivedCounts() {
    DialogueEvidence evidence =
        read(
            message(1, PATIENT, "a"),
            message(3, PATIENT, "c"),
            message(DOCTOR + ", 'received': '2026-06-01T10:02:00Z'", "b"));

    assertThat(lines(evidence)).containsExactly("P: a", "D: b", "P: c");
    assertThat(evidence.omissions()).isEmpty();
  }

  @Test
  void anAnswerWithoutTimeFollowsWhatItAnswers() {
    DialogueEvidence evidence =
        read(
            message(1, PATIENT, "a"),
            message(3, PATIENT, "c"),
            message(DOCTOR + ", 'inResponseTo': [{'reference': 'Communication/m1'}]", "b"));

    assertThat(lines(evidence)).containsExactly("P: a", "D: b", "P: c");
    assertThat(evidence.omissions()).isEmpty();
  }

  @Test
  void aMessageWithoutAnyPlaceInTimeIsReadWhereItWasSentAndNoted() {
    DialogueEvidence evidence =
        read(message(1, PATIENT, "a"), message(DOCTOR, "b"), message(3, PATIENT, "c"));

    assertThat(lines(evidence)).containsExactly("P: a", "D: b", "P: c");
    assertThat(evidence.omissions()).containsExactly(omission(Kind.NO_DATE, "Communication", 1));
  }

  @Test
  void answersInACircleAreReadAllTheSame() {
    String answer = ", 'inResponseTo': [{'reference': 'Communication/%s'}]";

    DialogueEvidence evidence =
        read(
            message("'id': 'x', " + PATIENT + answer.formatted("y"), "a"),
            message("'id': 'y', " + DOCTOR + answer.formatted("x"), "b"));

    assertThat(lines(evidence)).containsExactlyInAnyOrder("P: a", "D: b");
  }

  @Test
  void aMessageSentTwiceCountsOnce() {
    DialogueEvidence evidence =
        read(message(1, PATIENT, "a"), message(1, PATIENT, "a"), message(2, DOCTOR, "a"));

    assertThat(lines(evidence)).containsExactly("P: a", "D: a");
  }

  @Test
  void messagesOfAnotherVisitAreLeftOutByName() {
    String in = ", 'encounter': {'reference': 'Encounter/%s'}";

    DialogueEvidence evidence =
        readIn(
            "e1",
            encounter("e1", "2026-06-01"),
            message(1, PATIENT + in.formatted("e0"), "old"),
            message(2, PATIENT + in.formatted("e1"), "a"),
            message(3, DOCTOR, "b"));

    assertThat(lines(evidence)).containsExactly("P: a", "D: b");
    assertThat(evidence.omissions())
        .containsExactly(omission(Kind.OTHER_ENCOUNTER, "Communication", 1));
  }

  @Test
  void theVisitThatRunsNowIsThePresentOneWhereTheContextNamesNone() {
    String other = ", 'encounter': {'reference': 'Encounter/e0'}";

    DialogueEvidence evidence =
        read(
            encounter("e0", "2026-05-01"),
            encounter("e1", "2026-06-01", "'status': 'in-progress'"),
            message(1, PATIENT + other, "old"),
            message(2, PATIENT, "a"));

    assertThat(lines(evidence)).containsExactly("P: a");
  }

  @Test
  void withoutAnyPresentVisitAllMessagesAreRead() {
    String other = ", 'encounter': {'reference': 'Encounter/e0'}";

    assertThat(lines(read(message(1, PATIENT + other, "a"), message(2, DOCTOR, "b"))))
        .containsExactly("P: a", "D: b");
  }

  @Test
  void theHeadOfAThreadGivesItsVisitAndIsNoEmptyMessage() {
    String part = ", 'partOf': [{'reference': 'Communication/%s'}]";
    String head = "'id': '%s', 'encounter': {'reference': 'Encounter/%s'}";

    DialogueEvidence evidence =
        readIn(
            "e1",
            encounter("e1", "2026-06-01"),
            communication(head.formatted("t1", "e1")),
            communication(head.formatted("t0", "e0")),
            message(1, PATIENT + part.formatted("t1"), "a"),
            message(2, PATIENT + part.formatted("t0"), "old"));

    assertThat(lines(evidence)).containsExactly("P: a");
    assertThat(evidence.omissions())
        .containsExactly(omission(Kind.OTHER_ENCOUNTER, "Communication", 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Patient/p2", "Group/p1", "urn:uuid:p1"})
  void anotherPatientsMessageIsRefused(String subject) {
    String foreign = message(1, DOCTOR, "a").replace("Patient/p1", subject);

    assertThatThrownBy(() -> read(foreign))
        .isInstanceOf(OtherPatientException.class)
        .hasMessageStartingWith("prefetch.communications");
  }

  @Test
  void aMessageWithoutSubjectOfAnotherPatientIsRefused() {
    String subject = "'subject': {'reference': 'Patient/p1'},";
    String own = message(1, PATIENT, "a").replace(subject, "");
    String foreign = own.replace("Patient/p1", "Patient/p2");

    assertThat(lines(read(own))).containsExactly("P: a");
    assertThatThrownBy(() -> read(foreign)).isInstanceOf(OtherPatientException.class);
  }

  @Test
  void ofFourHundredUtterancesTheLastAreKept() {
    String[] messages =
        IntStream.range(0, 400)
            .mapToObj(
                i ->
                    message(
                        "'sent': '2026-06-01T10:%02d:%02dZ', ".formatted(i / 60, i % 60)
                            + (i % 2 == 0 ? PATIENT : DOCTOR),
                        "u" + i))
            .toArray(String[]::new);

    DialogueEvidence evidence = read(messages);

    assertThat(lines(evidence))
        .hasSize(DialogueMapper.MAX_UTTERANCES)
        .startsWith("P: u200")
        .endsWith("D: u399");
    assertThat(evidence.omissions()).containsExactly(omission(Kind.TOO_LONG, "Communication", 200));
  }

  @Test
  void ofAMegabyteTheEndIsKept() {
    DialogueEvidence evidence =
        read(message(1, DOCTOR, "a"), message(2, PATIENT, "好".repeat(1_000_000) + "完"));

    assertThat(evidence.dialogue().utterances()).hasSize(1);
    assertThat(evidence.dialogue().utterances().get(0).text())
        .hasSize(DialogueMapper.MAX_CHARACTERS)
        .endsWith("好完");
    assertThat(evidence.omissions()).containsExactly(omission(Kind.TOO_LONG, "Communication", 2));
  }

  @Test
  void anUtteranceThatDoesNotFitIsLeftOutWhole() {
    DialogueEvidence evidence =
        read(
            message(1, DOCTOR, "a"),
            message(2, PATIENT, "好".repeat(DialogueMapper.MAX_CHARACTERS)),
            message(3, DOCTOR, "b"));

    assertThat(lines(evidence)).containsExactly("D: b");
    assertThat(evidence.omissions()).containsExactly(omission(Kind.TOO_LONG, "Communication", 2));
  }

  @Test
  void textOfAnyScriptIsReadAndMadePlain() {
    DialogueEvidence evidence =
        read(
            message(1, PATIENT, "😷 我發燒了"),
            message(2, DOCTOR, "Any fever?\\r\\n\\u0000 \\u3000Since when?"),
            message(3, PATIENT, "\\ud83d昨天\\u200b"));

    assertThat(lines(evidence)).containsExactly("P: 😷 我發燒了", "D: Any fever? Since when?", "P: 昨天");
  }

  @Test
  void currentDrugsAndAllergiesAreReadForTheRules() {
    Map<String, JsonNode> prefetch = new HashMap<>(prefetch(message(1, PATIENT, "a")));
    prefetch.put(
        "medications",
        bundle(
            order("314076", "'status': 'active', 'intent': 'order'"),
            order("314077", "'status': 'stopped', 'intent': 'order'")));
    prefetch.put(
        "allergies",
        bundle(
            "{'resourceType': 'AllergyIntolerance', 'patient': {'reference': 'Patient/p1'}, 'code':"
                + " {'text': 'Penicillin'}}"));

    DialogueEvidence evidence = read(Optional.empty(), prefetch, bundle());

    assertThat(evidence.currentDrugs()).containsExactly(new DrugCode("314076"));
    assertThat(evidence.allergies())
        .extracting(allergy -> allergy.text())
        .containsExactly("Penicillin");
    assertThat(evidence.displays()).containsEntry("314076", "Drug 314076");
  }

  @Test
  void theVisitsServiceDoesNotReadMessages() {
    Map<String, JsonNode> prefetch = FhirFixtures.prefetch();
    prefetch.put("communications", bundle(communication("'payload': 7")));

    assertThat(FhirFixtures.read(Optional.empty(), prefetch).omissions()).isEmpty();
  }

  private static DialogueEvidence readMessages(JsonNode communications) {
    Map<String, JsonNode> prefetch = prefetch();
    prefetch.put("communications", communications);
    return read(Optional.empty(), prefetch, bundle());
  }
}
