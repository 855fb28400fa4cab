package org.medcue.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.Demographics;
import org.medcue.clinical.Omission.Kind;
import org.medcue.clinical.PatientRecord;
import org.medcue.fhir.CohortFiles.CohortFile;
import org.medcue.knowledge.KnowledgeBase;

/**
 * Reads a cohort from a folder of FHIR R4 bulk NDJSON by the same rules as a prefetch. Lines are
 * streamed; only compact facts are kept.
 */
public final class BulkCohortReader {

  // Medications before the orders that refer to them
  private static final List<String> TYPES =
      List.of("Patient", "Medication", "Encounter", "Condition", "MedicationRequest");
  // Without visits there is nothing to learn from, without orders nothing to learn or to score
  private static final List<String> REQUIRED = List.of("Encounter", "MedicationRequest");

  private final ConceptCoder concepts;
  private final DrugCoder drugs;

  public BulkCohortReader(
      KnowledgeBase knowledge, ConceptTranslator translator, AcceptedFindings accepted) {
    this(
        new ConceptCoder(code -> !knowledge.icd().path(code).isEmpty(), translator, accepted),
        new DrugCoder(knowledge.drugs()::resolve));
  }

  BulkCohortReader(ConceptCoder concepts, DrugCoder drugs) {
    this.concepts = concepts;
    this.drugs = drugs;
  }

  /**
   * All patients with at least one visit.
   *
   * @param folder holds {@code Encounter}, {@code Condition}, {@code MedicationRequest}, {@code
   *     Medication} and {@code Patient} files named {@code Type[.part].ndjson[.gz]}; only
   *     Encounters and MedicationRequests are required
   * @throws CohortException if the folder or a line cannot be read, or there is no visit at all
   */
  public CohortReading read(Path folder, ProgressSink progress) {
    CohortFiles cohort = new CohortFiles(folder);
    for (String type : REQUIRED) {
      if (cohort.of(type).isEmpty()) {
        throw new CohortException(
            "%s: no %s.ndjson or %s.ndjson.gz; export %s resources too"
                .formatted(folder, type, type, type));
      }
    }
    List<CohortFile> files = TYPES.stream().flatMap(type -> cohort.of(type).stream()).toList();
    long total = files.stream().mapToLong(CohortFile::bytes).sum();
    Reading reading = new Reading();
    long before = 0;
    for (CohortFile file : files) {
      String name = String.valueOf(file.path().getFileName());
      long done = before;
      LongConsumer bytes = read -> progress.progress(name, done + read, total);
      new NdjsonFile(file)
          .forEach((json, resource) -> reading.line(file.resourceType(), json, resource), bytes);
      before += file.bytes();
    }
    CohortReading read = reading.cohort();
    if (read.patients().isEmpty()) {
      throw new CohortException(
          folder
              + ": no visit can be read; Encounters need a subject, a period with a start, and a"
              + " status other than planned, cancelled or entered-in-error");
    }
    return read;
  }

  /** The state of one reading. */
  private final class Reading {
    private final ChartNotes notes = new ChartNotes();
    private final References references = new References();
    private final FactMapper facts = new FactMapper(concepts, references, notes);
    private final OrderMapper orders = new OrderMapper(drugs, references, notes);
    private final UsualDosages dosages = new UsualDosages();
    private final Map<String, ChartBuilder> charts = new TreeMap<>();
    private final Map<String, Demographics> demographics = new TreeMap<>();

    void line(String type, JsonNode json, Optional<Resource> resource) {
      if (resource.isEmpty() || !take(json, resource.get())) {
        notes.omit(Kind.UNREADABLE, type);
      }
    }

    // False where the resource does not say what or whose it is
    private boolean take(JsonNode json, Resource resource) {
      String id = resource.getIdElement().getIdPart();
      if (resource instanceof Patient) {
        return id != null && takePatient(json, id);
      }
      if (resource instanceof Medication medication) {
        return id != null && takeMedication(medication, id);
      }
      if (resource instanceof Encounter encounter) {
        return id != null && takeEncounter(encounter, id);
      }
      if (resource instanceof Condition condition) {
        return takeCondition(condition, id);
      }
      return resource instanceof MedicationRequest request && takeOrder(json, request, id);
    }

    private boolean takePatient(JsonNode json, String id) {
      demographics.putIfAbsent(id, DemographicsReader.read(json));
      return true;
    }

    private boolean takeMedication(Medication medication, String id) {
      orders.remember(medication, id);
      return true;
    }

    private boolean takeEncounter(Encounter encounter, String id) {
      String patient = references.idOf(encounter.getSubject());
      if (patient != null) {
        chartOf(patient).add(facts.map(encounter, id));
      }
      return patient != null;
    }

    private boolean takeCondition(Condition condition, @Nullable String id) {
      String patient = references.idOf(condition.getSubject());
      if (patient != null) {
        ChartBuilder chart = chartOf(patient);
        facts
            .map(condition, id)
            .ifPresentOrElse(chart::add, () -> Optional.ofNullable(id).ifPresent(chart::passOver));
      }
      return patient != null;
    }

    private boolean takeOrder(JsonNode json, MedicationRequest request, @Nullable String id) {
      String patient = references.idOf(request.getSubject());
      if (patient == null) {
        return false;
      }
      orders
          .map(request, id)
          .ifPresent(
              order -> {
                chartOf(patient).add(order);
                dosages.count(order.drug(), patient, json.path("dosageInstruction"));
              });
      return true;
    }

    private ChartBuilder chartOf(String patient) {
      return charts.computeIfAbsent(patient, id -> new ChartBuilder());
    }

    CohortReading cohort() {
      List<PatientRecord> patients = new ArrayList<>();
      charts.forEach((id, chart) -> patients.add(chart.record(id, notes)));
      patients.removeIf(patient -> patient.visits().isEmpty());
      demographics
          .keySet()
          .retainAll(patients.stream().map(PatientRecord::patientId).collect(Collectors.toSet()));
      return new CohortReading(
          List.copyOf(patients), dosages.most(), Map.copyOf(demographics), notes.omissions());
    }
  }
}
