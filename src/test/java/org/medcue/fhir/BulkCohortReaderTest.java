package org.medcue.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.medcue.fhir.FhirFixtures.condition;
import static org.medcue.fhir.FhirFixtures.dx;
import static org.medcue.fhir.FhirFixtures.encounter;
import static org.medcue.fhir.FhirFixtures.in;
import static org.medcue.fhir.FhirFixtures.omission;
import static org.medcue.fhir.FhirFixtures.order;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medcue.clinical.AdministrativeGender;
import org.medcue.clinical.Demographics;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Omission.Kind;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.Visit;

class BulkCohortReaderTest {

  private static final DrugCode LISINOPRIL = new DrugCode("314076");

  private static final String DOSE =
      "'doseAndRate': [{'doseQuantity': {'value': 1}}], 'timing': {}";

  private final Path folder;

  BulkCohortReaderTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    write("MedicationRequest.ndjson");
  }

  @Test
  void filesOfAllTypesBecomeVisitsOfTheirPatients() throws IOException {
    write(
        "Encounter.ndjson",
        encounter("e2", "2021-01-01"),
        encounter("e1", "2020-01-01"),
        other(encounter("e3", "2020-01-01")));
    write("Condition.ndjson", condition("I10", "'onsetDateTime': '2020-01-01', " + in("e1")));
    write(
        "Medication.ndjson",
        "{'resourceType': 'Medication', 'id': 'm', 'code': {'coding': [{'system':"
            + " 'http://www.nlm.nih.gov/research/umls/rxnorm', 'code': '314076'}]}}");
    write(
        "MedicationRequest.ndjson",
        "{'resourceType': 'MedicationRequest', 'id': 'o', 'status': 'stopped', 'subject':"
            + " {'reference': 'Patient/p1'}, 'medicationReference': {'reference': 'Medication/m'},"
            + in("e2")
            + "}");

    CohortReading cohort = read();

    assertThat(cohort.patients()).extracting(PatientRecord::patientId).containsExactly("p1", "p2");
    List<Visit> visits = cohort.patients().get(0).visits();
    assertThat(visits).extracting(Visit::id).containsExactly("e1", "e2");
    assertThat(visits.get(0).encounterDiagnoses()).containsExactly(dx("I10"));
    assertThat(visits.get(1).activeProblems()).containsExactly(dx("I10"));
    assertThat(visits.get(1).drugs()).containsExactly(LISINOPRIL);
  }

  @Test
  void plainAndGzipAndSeveralFilesGiveTheSame() throws IOException {
    String[] encounters = {encounter("e1", "2020"), encounter("e2", "2021"), ""};
    String[] orders = {order("314076", "'id': 'o', 'status': 'stopped', " + in("e2"))};
    write("Encounter.ndjson", encounters);
    write("MedicationRequest.ndjson", orders);
    CohortReading plain = read();
    Files.delete(folder.resolve("Encounter.ndjson"));
    Files.delete(folder.resolve("MedicationRequest.ndjson"));
    gzip("Encounter.000.ndjson.gz", encounters[1]);
    gzip("Encounter.001.ndjson.gz", encounters[0], encounters[1]);
    gzip("MedicationRequest.ndjson.gz", orders);

    CohortReading gzip = read();

    assertThat(plain.patients().get(0).visits()).hasSize(2);
    assertThat(gzip).isEqualTo(plain);
  }

  @Test
  void theUsualDosageIsTheMostFrequentOfAtLeastFivePatients() throws IOException {
    List<String> encounters = new ArrayList<>();
    List<String> orders = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      encounters.add(encounter("e" + i, "2020").replace("p1", "patient" + i));
      orders.add(dosed("314076", "patient" + i, "{'text': 'one', " + DOSE + "}"));
      orders.add(dosed("314076", "patient" + i, "{" + DOSE + ", 'text': 'one'}"));
      orders.add(dosed("314076", "patient" + i, "{'text': 'two', " + DOSE + "}"));
    }
    for (int i = 0; i < 20; i++) {
      orders.add(dosed("314076", "patient" + i % 4, "{'text': 'told to four only', " + DOSE + "}"));
    }
    write("Encounter.ndjson", encounters.toArray(String[]::new));
    write("MedicationRequest.ndjson", orders.toArray(String[]::new));

    assertThat(read().usualDosages())
        .containsOnlyKeys(LISINOPRIL)
        .containsEntry(
            LISINOPRIL,
            "[{\"doseAndRate\":[{\"doseQuantity\":{\"value\":1}}],\"text\":\"one\",\"timing\":{}}]");
  }

  @Test
  void linesThatCannotBePlacedOrUnderstoodAreCounted() throws IOException {
    write(
        "Encounter.ndjson",
        encounter("e1", "2020"),
        "{'resourceType': 'Encounter', 'id': 'e2', 'status': 'no such status', 'subject':"
            + " {'reference': 'Patient/p1'}}",
        "{'resourceType': 'Encounter', 'id': 'e3', 'status': 'finished'}");

    CohortReading cohort = read();

    assertThat(cohort.patients().get(0).visits()).hasSize(1);
    assertThat(cohort.omissions()).containsExactly(omission(Kind.UNREADABLE, "Encounter", 2));
  }

  @Test
  void patientsGiveAgeAndSexBesideTheirVisits() throws IOException {
    write("Encounter.ndjson", encounter("e1", "2020"), other(encounter("e2", "2020")));
    CohortReading without = read();
    write(
        "Patient.ndjson",
        "{'resourceType': 'Patient', 'id': 'p1', 'birthDate': '1950', 'gender': 'female'}",
        "{'resourceType': 'Patient', 'id': 'p1', 'birthDate': '1960', 'gender': 'male'}",
        "{'resourceType': 'Patient', 'id': 'no-visit', 'gender': 'male'}",
        "{'resourceType': 'Patient', 'gender': 'male'}");

    CohortReading cohort = read();

    assertThat(without.demographics()).isEmpty();
    assertThat(cohort.demographics())
        .containsOnly(
            Map.entry(
                "p1",
                new Demographics(
                    Optional.of(LocalDate.of(1950, 7, 1)), AdministrativeGender.FEMALE)));
    assertThat(cohort.patients()).isEqualTo(without.patients());
    assertThat(cohort.omissions()).containsExactly(omission(Kind.UNREADABLE, "Patient", 1));
  }

  @Test
  void aFolderWithoutOrdersIsRefused() throws IOException {
    write("Encounter.ndjson", encounter("e1", "2020"));
    Files.delete(folder.resolve("MedicationRequest.ndjson"));

    assertRefused("no MedicationRequest.ndjson");
  }

  @Test
  void aCohortWithoutAnyVisitIsRefused() throws IOException {
    write("Encounter.ndjson", "{'resourceType': 'Encounter', 'id': 'e1', 'subject': {}}");

    assertRefused("no visit can be read; Encounters need a subject, a period with a start");
  }

  @Test
  void progressReachesTheSizeOfAllFiles() throws IOException {
    write("Encounter.ndjson", encounter("e1", "2020"));
    write("Condition.ndjson", condition("I10", in("e1")));
    List<Long> left = new ArrayList<>();

    reader().read(folder, (what, read, total) -> left.add(total - read));

    assertThat(left).endsWith(0L).isSortedAccordingTo((a, b) -> Long.compare(b, a));
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> reader().read(folder.resolve("none"), (what, read, total) -> {}))
        .isInstanceOf(CohortException.class)
        .hasMessageContaining("none: no such folder");
  }

  @Test
  void aFolderWithoutEncountersIsRefused() throws IOException {
    write("Condition.ndjson", condition("I10", in("e1")));

    assertRefused("no Encounter.ndjson");
  }

  @Test
  void aTruncatedLineIsNamedByFileAndNumber() throws IOException {
    String whole = encounter("e1", "2020");
    write("Encounter.ndjson", whole, whole.substring(0, 60));

    assertRefused("Encounter.ndjson, line 2: not a whole JSON object");
  }

  @Test
  void aLineOfAnotherTypeIsRefused() throws IOException {
    write("Encounter.ndjson", condition("I10", in("e1")));

    assertRefused("Encounter.ndjson, line 1: expected resources of type Encounter");
  }

  @Test
  void aLineThatIsNotFhirIsRefusedWithoutItsContent() throws IOException {
    write("Encounter.ndjson", "{'resourceType': 'Encounter', 'period': 'secret'}");

    assertRefused("Encounter.ndjson, line 1: not a FHIR R4 Encounter");
  }

  @Test
  void aGzipFileThatEndsTooEarlyIsRefused() throws IOException {
    gzip("Encounter.ndjson.gz", encounter("e1", "2020"), encounter("e2", "2021"));
    Path file = folder.resolve("Encounter.ndjson.gz");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 20));

    assertRefused("the gzip file ends too early");
  }

  @Test
  void aPlainFileNamedGzipIsRefused() throws IOException {
    write("Encounter.ndjson.gz", encounter("e1", "2020"));

    assertRefused("not gzip");
  }

  private void assertRefused(String message) {
    assertThatThrownBy(this::read)
        .isInstanceOf(CohortException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }

  @Test
  void aLineThatHoldsTwoResourcesIsRefused() throws IOException {
    write("Encounter.ndjson", encounter("e1", "2020") + encounter("e2", "2021"));

    assertThatThrownBy(this::read)
        .isInstanceOf(CohortException.class)
        .hasMessageContaining("not a whole JSON object");
  }

  private CohortReading read() {
    return reader().read(folder, (what, read, total) -> {});
  }

  private static BulkCohortReader reader() {
    return new BulkCohortReader(
        FhirFixtures.concepts(ConceptTranslator.bundled()), FhirFixtures.drugs());
  }

  private static String other(String resource) {
    return resource.replace("Patient/p1", "Patient/p2");
  }

  private static String dosed(String drug, String patient, String dosage) {
    return order(drug, "'dosageInstruction': [" + dosage + "]").replace("p1", patient);
  }

  private void write(String name, String... lines) throws IOException {
    Files.writeString(folder.resolve(name), text(lines));
  }

  private void gzip(String name, String... lines) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
      out.write(text(lines).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String text(String... lines) {
    return String.join("\n", lines).replace('\'', '"') + "\n";
  }
}
