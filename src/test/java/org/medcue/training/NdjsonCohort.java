package org.medcue.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A cohort in which a diagnosis decides one drug of a visit and the patient keeps another: a
 * network can learn it, copying the last visit gets half of it.
 */
public final class NdjsonCohort {

  private static final List<String> DIAGNOSES = List.of("I10", "E11.9", "J20.9", "M54.50");
  private static final List<String> DRUGS = List.of("314076", "105585", "106258", "106892");
  private static final List<String> KEPT = List.of("197886", "105078");

  private final List<String> encounters = new ArrayList<>();
  private final List<String> conditions = new ArrayList<>();
  private final List<String> orders = new ArrayList<>();

  private NdjsonCohort() {}

  /** Patients of 2 to 5 visits, as files in a folder. */
  public static void write(Path folder, int patients, long seed) throws IOException {
    NdjsonCohort cohort = new NdjsonCohort();
    Random random = new Random(seed);
    for (int p = 0; p < patients; p++) {
      String kept = KEPT.get(random.nextInt(KEPT.size()));
      int visits = 2 + random.nextInt(4);
      for (int v = 0; v < visits; v++) {
        int cause = random.nextInt(DIAGNOSES.size());
        cohort.visit("patient-" + p, v, DIAGNOSES.get(cause), List.of(DRUGS.get(cause), kept));
      }
    }
    cohort.writeTo(folder);
  }

  /** Patients who were seen but never given anything. */
  public static void writeWithoutOrders(Path folder, int patients) throws IOException {
    NdjsonCohort cohort = new NdjsonCohort();
    for (int p = 0; p < patients; p++) {
      cohort.visit("patient-" + p, 0, "I10", List.of());
      cohort.visit("patient-" + p, 1, "I10", List.of());
    }
    cohort.writeTo(folder);
  }

  private void writeTo(Path folder) throws IOException {
    Files.write(folder.resolve("Encounter.ndjson"), encounters);
    Files.write(folder.resolve("Condition.ndjson"), conditions);
    Files.write(folder.resolve("MedicationRequest.ndjson"), orders);
  }

  private void visit(String patient, int number, String diagnosis, List<String> drugs) {
    String id = patient + "-" + number;
    LocalDate day = LocalDate.of(2020, 1, 1).plusMonths(number);
    encounters.add(
        line(
            "'resourceType': 'Encounter', 'id': '%s', 'status': 'finished', 'subject':"
                + " {'reference': 'Patient/%s'}, 'period': {'start': '%s'}",
            id, patient, day));
    conditions.add(
        line(
            "'resourceType': 'Condition', 'id': 'c-%s', 'subject': {'reference': 'Patient/%s'},"
                + " 'encounter': {'reference': 'Encounter/%s'}, 'onsetDateTime': '%s',"
                + " 'abatementDateTime': '%s', 'code': {'coding': [{'system':"
                + " 'http://hl7.org/fhir/sid/icd-10-cm', 'code': '%s'}]}",
            id, patient, id, day, day, diagnosis));
    for (String drug : drugs) {
      orders.add(
          line(
              "'resourceType': 'MedicationRequest', 'id': 'o-%s-%s', 'status': 'completed',"
                  + " 'intent': 'order', 'subject': {'reference': 'Patient/%s'}, 'encounter':"
                  + " {'reference': 'Encounter/%s'}, 'authoredOn': '%s',"
                  + " 'medicationCodeableConcept': {'coding': [{'system':"
                  + " 'http://www.nlm.nih.gov/research/umls/rxnorm', 'code': '%s'}]},"
                  + " 'dosageInstruction': [{'text': 'one tablet a day', 'additionalInstruction':"
                  + " [{'coding': [{'system': 'urn:oid:1.2.3', 'code': '1', 'display':"
                  + " 'one tablet a day'}]}], 'timing': {'repeat': {'frequency': 1}}, 'doseAndRate': [{'doseQuantity': {'value': 1}}]}]",
              id, drug, patient, id, day, drug));
    }
  }

  private static String line(String singleQuoted, Object... values) {
    return "{" + singleQuoted.formatted(values).replace('\'', '"') + "}";
  }
}
