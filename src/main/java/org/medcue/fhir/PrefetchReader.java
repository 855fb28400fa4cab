package org.medcue.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Resource;
import org.medcue.clinical.Allergy;
import org.medcue.clinical.Omission.Kind;
import org.medcue.clinical.VisitEvidence;
import org.medcue.clinical.VisitSequence;
import org.medcue.fhir.PatientResources.Parsed;
import org.medcue.knowledge.Terminology;

/** Reads the prefetch of a CDS Hooks call into a patient's visits. Safe for concurrent use. */
public final class PrefetchReader {

  private final ConceptCoder concepts;
  private final DrugCoder drugs;

  /** Costs nothing: one may be made for each call. */
  public PrefetchReader(
      Terminology terminology, ConceptTranslator translator, AcceptedFindings accepted) {
    this(
        new ConceptCoder(code -> !terminology.icd().path(code).isEmpty(), translator, accepted),
        new DrugCoder(terminology.drugs()::resolve));
  }

  PrefetchReader(ConceptCoder concepts, DrugCoder drugs) {
    this.concepts = concepts;
    this.drugs = drugs;
  }

  /**
   * @param patientId the context's patient
   * @param encounterId the context's Encounter, if it names one
   * @param prefetch by key: patient, conditions, allergies, encounters, medications; JSON null
   *     where the query found nothing, no entry where it was not run
   * @param now the time of the call
   * @throws MalformedFhirException if a value is not FHIR R4
   * @throws OtherPatientException if a resource belongs to another patient
   */
  public VisitEvidence read(
      String patientId, Optional<String> encounterId, Map<String, JsonNode> prefetch, Instant now) {
    ChartNotes notes = new ChartNotes();
    return new Reading(patientId, notes)
        .evidence(PrefetchContent.VISITS.read(prefetch, notes), encounterId, now);
  }

  /** The state of one call. */
  private final class Reading {
    private final References references = new References();
    private final ChartBuilder chart = new ChartBuilder();
    // By content: the same id may come from two servers
    private final Set<Allergy> allergies = new LinkedHashSet<>();
    private final ChartNotes notes;
    private final PatientResources patient;
    private final FactMapper facts;
    private final OrderMapper orders;
    private final AllergyMapper allergyMapper;

    Reading(String patientId, ChartNotes notes) {
      this.notes = notes;
      this.patient = new PatientResources(patientId, references, notes);
      this.facts = new FactMapper(concepts, references, notes);
      this.orders = new OrderMapper(drugs, references, notes);
      this.allergyMapper = new AllergyMapper(drugs, notes);
    }

    VisitEvidence evidence(List<SentResource> sent, Optional<String> encounterId, Instant now) {
      List<Parsed> resources = patient.read(sent);
      resources.forEach(this::rememberMedication);
      resources.forEach(this::map);
      VisitSequence visits = chart.sequence(encounterId, now, notes);
      return new VisitEvidence(
          visits,
          chart.currentDrugs(),
          List.copyOf(allergies),
          notes.displays(),
          notes.omissions());
    }

    private void rememberMedication(Parsed parsed) {
      if (parsed.resource() instanceof Medication medication && parsed.id() != null) {
        orders.remember(medication, parsed.id());
      }
    }

    private void map(Parsed parsed) {
      Resource resource = parsed.resource();
      String id = parsed.id();
      if (resource instanceof Encounter encounter) {
        if (id != null) {
          chart.add(facts.map(encounter, id));
        } else {
          notes.omit(Kind.UNREADABLE, "Encounter");
        }
      } else if (resource instanceof Condition condition) {
        facts
            .map(condition, id)
            .ifPresentOrElse(chart::add, () -> Optional.ofNullable(id).ifPresent(chart::passOver));
      } else if (resource instanceof MedicationRequest request) {
        orders.map(request, id).ifPresent(chart::add);
      } else if (resource instanceof AllergyIntolerance allergy) {
        allergyMapper.map(allergy).ifPresent(allergies::add);
      }
    }
  }
}
