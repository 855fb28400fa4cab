package org.medcue.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medcue.fhir.FhirFixtures.condition;
import static org.medcue.fhir.FhirFixtures.dx;
import static org.medcue.fhir.FhirFixtures.encounter;
import static org.medcue.fhir.FhirFixtures.in;
import static org.medcue.fhir.FhirFixtures.omission;
import static org.medcue.fhir.FhirFixtures.order;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Omission.Kind;
import org.medcue.clinical.Symptom;
import org.medcue.clinical.Visit;
import org.medcue.knowledge.KnowledgeBase;

/** Bulk files as hospitals elsewhere export them, read with the bundled knowledge. */
class OtherHospitalsTest {

  private static final KnowledgeBase KNOWLEDGE =
      KnowledgeBase.load(Path.of("model-registry"), KnowledgeBase.bundled());

  private static final DrugCode LISINOPRIL = new DrugCode("314076");
  private static final DrugCode ENOXAPARIN = new DrugCode("854228");

  private final Path folder;

  OtherHospitalsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    write("MedicationRequest.ndjson", "");
  }

  @Test
  void diagnosesInIcd10OfTheWhoOnly() throws IOException {
    write("Encounter.ndjson", encounter("e1", "2020-01-01"));
    write("Condition.ndjson", who("I10X"), who("E14.9"), who("E119"), who("R05"), who("C97"));

    CohortReading cohort = read();

    assertThat(onlyVisit(cohort).encounterDiagnoses()).containsExactly(dx("E11.9"), dx("I10"));
    assertThat(onlyVisit(cohort).encounterSymptoms()).containsExactly(new Symptom("R05"));
    assertThat(cohort.omissions()).contains(omission(Kind.NO_CODE, "Condition", 1));
  }

  @Test
  void icd10CmWithoutDotsAndCodesOfLaterYears() throws IOException {
    write("Encounter.ndjson", encounter("e1", "2020-01-01"));
    write(
        "Condition.ndjson",
        condition("E1165", in("e1")),
        condition("I1A0", in("e1")),
        condition("J4A9", in("e1")),
        condition("E11.Z9", in("e1")));

    CohortReading cohort = read();

    assertThat(onlyVisit(cohort).encounterDiagnoses())
        .containsExactly(dx("E11.65"), dx("E11.Z9"), dx("I1A.0"), dx("J4A.9"));
    assertThat(KNOWLEDGE.icd().path("E11.Z9")).as("known by its category").contains("E11");
  }

  @Test
  void drugsInNdcOnly() throws IOException {
    write(
        "Encounter.ndjson",
        encounter("e1", "2020-01-01"),
        encounter("e2", "2020-02-01"),
        encounter("e3", "2020-03-01"));
    write(
        "MedicationRequest.ndjson",
        ndc("16714000610", in("e1")),
        ndc("16714-006-10", in("e2")),
        ndc("1671400610", in("e3")));

    CohortReading cohort = read();

    assertThat(visits(cohort))
        .extracting(visit -> List.copyOf(visit.drugs()))
        .containsExactly(List.of(ENOXAPARIN), List.of(ENOXAPARIN), List.of());
    assertThat(cohort.omissions()).containsExactly(omission(Kind.NO_CODE, "MedicationRequest", 1));
  }

  @Test
  void noConditionsAtAll() throws IOException {
    write(
        "Encounter.ndjson",
        encounter(
            "e1",
            "2020-01-01",
            "'reasonCode': [{'coding': [{'system': 'http://hl7.org/fhir/sid/icd-10', 'code':"
                + " 'I10'}]}]"));
    write("MedicationRequest.ndjson", order("314076", in("e1")));

    assertThat(onlyVisit(read()).encounterDiagnoses()).containsExactly(dx("I10"));
    assertThat(onlyVisit(read()).drugs()).containsExactly(LISINOPRIL);
  }

  @Test
  void ordersAndConditionsWithoutEncounterReferences() throws IOException {
    write("Encounter.ndjson", encounter("e1", "2020-01-01"), encounter("e2", "2020-06-01"));
    write("Condition.ndjson", condition("I10", "'recordedDate': '2020-03-01'"));
    write(
        "MedicationRequest.ndjson",
        order("314076", "'authoredOn': '2020-06-01T09:00:00Z'"),
        order("314077", "'authoredOn': '2020-05-01'"));

    CohortReading cohort = read();

    assertThat(visits(cohort).get(0).diagnoses()).isEmpty();
    assertThat(visits(cohort).get(1).activeProblems()).containsExactly(dx("I10"));
    assertThat(visits(cohort).get(1).drugs()).containsExactly(LISINOPRIL);
    assertThat(cohort.omissions())
        .containsExactly(omission(Kind.UNKNOWN_ENCOUNTER, "MedicationRequest", 1));
  }

  @Test
  void whatHasNeitherDateNorSubjectIsCounted() throws IOException {
    write(
        "Encounter.ndjson",
        encounter("e1", "2020-01-01"),
        "{'resourceType': 'Encounter', 'id': 'e2', 'subject': {'reference': 'Patient/p1'}}",
        "{'resourceType': 'Encounter', 'id': 'e3', 'period': {'start': '2020'}}",
        "{'resourceType': 'Encounter', 'id': 'e4', 'subject': {'display': 'somebody'}}");
    write(
        "Condition.ndjson",
        condition("I10", "'id': 'c'"),
        "{'resourceType': 'Condition', 'code': {'text': 'hypertension'}}");
    write(
        "MedicationRequest.ndjson",
        order("314076", "'id': 'o'"),
        "{'resourceType':"
            + " 'MedicationRequest', 'medicationCodeableConcept': {'text': 'lisinopril'}}");

    assertThat(read().omissions())
        .containsExactlyInAnyOrder(
            omission(Kind.NO_DATE, "Encounter", 1),
            omission(Kind.UNREADABLE, "Encounter", 2),
            omission(Kind.NO_DATE, "Condition", 1),
            omission(Kind.UNREADABLE, "Condition", 1),
            omission(Kind.NO_DATE, "MedicationRequest", 1),
            omission(Kind.UNREADABLE, "MedicationRequest", 1));
  }

  @Test
  void noDatesAtAll() throws IOException {
    write(
        "Encounter.ndjson",
        "{'resourceType': 'Encounter', 'id': 'e1', 'subject': {'reference': 'Patient/p1'}}");

    refused("no visit can be read");
  }

  @Test
  void unknownSystems() throws IOException {
    write("Encounter.ndjson", encounter("e1", "2020-01-01"));
    write(
        "Condition.ndjson",
        who("I10").replace("sid/icd-10", "sid/icd-9-cm"),
        who("I10").replace("http://hl7.org/fhir/sid/icd-10", "our-own-codes"));
    write("MedicationRequest.ndjson", order("314076", in("e1")).replace("umls/rxnorm", "other"));

    CohortReading cohort = read();

    assertThat(onlyVisit(cohort).diagnoses()).isEmpty();
    assertThat(onlyVisit(cohort).drugs()).isEmpty();
    assertThat(cohort.omissions())
        .containsExactlyInAnyOrder(
            omission(Kind.NO_CODE, "Condition", 2), omission(Kind.NO_CODE, "MedicationRequest", 1));
  }

  @Test
  void windowsLineEndsBlankLinesAndAByteOrderMark() throws IOException {
    write(
        "Encounter.ndjson",
        "\uFEFF" + encounter("e1", "2020-01-01") + "\r",
        "\r",
        "   ",
        encounter("e2", "2020-02-01") + "\r",
        "\uFEFF" + encounter("e3", "2020-03-01"));

    assertThat(visits(read())).extracting(Visit::id).containsExactly("e1", "e2", "e3");
  }

  @Test
  void aLineThatIsNotJson() throws IOException {
    write("Encounter.ndjson", encounter("e1", "2020-01-01"), "", "id;secret;start");

    refused("Encounter.ndjson, line 3: not a whole JSON object");
  }

  @Test
  void anArrayInsteadOfLines() throws IOException {
    write("Encounter.ndjson", "[" + encounter("e1", "2020-01-01") + "]");

    refused("Encounter.ndjson, line 1: expected resources of type Encounter");
  }

  @Test
  void aTextThatIsNotUtf8() throws IOException {
    Files.write(
        folder.resolve("Encounter.ndjson"),
        json(encounter("e1", "2020-01-01")).getBytes(StandardCharsets.UTF_16));

    refused("Encounter.ndjson, line 1: not a whole JSON object");
  }

  @Test
  void gzipCutShortOrDamaged() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < 500; i++) {
        out.write((json(encounter("e" + i, "2020-01-01")) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    Path file = folder.resolve("Encounter.ndjson.gz");

    Files.write(file, Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));
    refused("the gzip file ends too early; copy or export it again");

    Files.write(file, new byte[0]);
    refused("the gzip file ends too early");

    byte[] damaged = bytes.toByteArray();
    Arrays.fill(damaged, damaged.length / 2, damaged.length / 2 + 20, (byte) 0xFF);
    Files.write(file, damaged);
    refused("Encounter.ndjson.gz, line");
  }

  private void refused(String message) {
    assertThatThrownBy(this::read)
        .isInstanceOf(CohortException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("secret");
  }

  private CohortReading read() {
    return new BulkCohortReader(KNOWLEDGE, ConceptTranslator.bundled(), AcceptedFindings.bundled())
        .read(folder, (what, read, total) -> {});
  }

  private static List<Visit> visits(CohortReading cohort) {
    assertThat(cohort.patients()).hasSize(1);
    return cohort.patients().get(0).visits();
  }

  private static Visit onlyVisit(CohortReading cohort) {
    assertThat(visits(cohort)).hasSize(1);
    return visits(cohort).get(0);
  }

  private static String who(String code) {
    return condition(code, in("e1")).replace("icd-10-cm", "icd-10");
  }

  private static String ndc(String code, String more) {
    return order(code, more)
        .replace("www.nlm.nih.gov/research/umls/rxnorm", "hl7.org/fhir/sid/ndc");
  }

  private static String json(String singleQuoted) {
    return singleQuoted.replace('\'', '"');
  }

  private void write(String name, String... lines) throws IOException {
    Files.writeString(folder.resolve(name), json(String.join("\n", lines)) + "\n");
  }
}
