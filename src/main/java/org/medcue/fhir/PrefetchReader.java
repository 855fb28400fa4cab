package org.medcue.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
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
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.Allergy;
import org.medcue.clinical.Omission.Kind;
import org.medcue.clinical.VisitEvidence;
import org.medcue.clinical.VisitSequence;
import org.medcue.knowledge.KnowledgeBase;

/** Reads the prefetch of a CDS Hooks call into a patient's visits. Safe for concurrent use. */
public final class PrefetchReader {

  private final ConceptCoder concepts;
  private final DrugCoder drugs;

  public PrefetchReader(
      KnowledgeBase knowledge, ConceptTranslator translator, AcceptedFindings accepted) {
    this(
        new ConceptCoder(code -> !knowledge.icd().path(code).isEmpty(), translator, accepted),
        new DrugCoder(knowledge.drugs()::resolve));
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
        .evidence(PrefetchContent.read(prefetch, notes), encounterId, now);
  }

  /** The state of one call. */
  private final class Reading {
    private final ResourceParser parser = new ResourceParser();
    private final References references = new References();
    private final ChartBuilder chart = new ChartBuilder();
    // By content: the same id may come from two servers
    private final Set<Allergy> allergies = new LinkedHashSet<>();
    private final String patientId;
    private final ChartNotes notes;
    private final FactMapper facts;
    private final OrderMapper orders;
    private final AllergyMapper allergyMapper;

    Reading(String patientId, ChartNotes notes) {
      this.patientId = patientId;
      this.notes = notes;
      this.facts = new FactMapper(concepts, references, notes);
      this.orders = new OrderMapper(drugs, references, notes);
      this.allergyMapper = new AllergyMapper(drugs, notes);
    }

    VisitEvidence evidence(List<SentResource> sent, Optional<String> encounterId, Instant now) {
      List<Parsed> resources = parse(sent);
      resources.forEach(this::rememberMedication);
      resources.forEach(this::checkPatient);
      resources.forEach(this::map);
      VisitSequence visits = chart.sequence(encounterId, now, notes);
      return new VisitEvidence(
          visits,
          chart.currentDrugs(),
          List.copyOf(allergies),
          notes.displays(),
          notes.omissions());
    }

    private record Parsed(String place, @Nullable String id, Resource resource) {}

    private List<Parsed> parse(List<SentResource> sent) {
      List<Parsed> parsed = new ArrayList<>();
      for (SentResource resource : sent) {
        if (FhirJson.isRead(resource.type())) {
          parser
              .parse(resource)
              .ifPresentOrElse(
                  content ->
                      parsed.add(new Parsed(resource.place(), idOf(resource, content), content)),
                  () -> notes.omit(Kind.UNREADABLE, resource.type()));
        }
      }
      return parsed;
    }

    private @Nullable String idOf(SentResource sent, Resource resource) {
      String id = resource.getIdElement().getIdPart();
      String fullUrl = sent.fullUrl();
      if (fullUrl == null) {
        return id;
      }
      String given = id == null ? References.lastPart(fullUrl) : id;
      references.alias(fullUrl, sent.type(), given);
      return given;
    }

    private void rememberMedication(Parsed parsed) {
      if (parsed.resource() instanceof Medication medication && parsed.id() != null) {
        orders.remember(medication, parsed.id());
      }
    }

    private void checkPatient(Parsed parsed) {
      Resource resource = parsed.resource();
      Reference subject = subjectOf(resource);
      String reference = subject == null ? null : subject.getReference();
      boolean same =
          resource instanceof Patient
              ? parsed.id() == null || parsed.id().equals(patientId)
              : reference == null
                  || reference.isBlank()
                  || patientId.equals(references.idOf(reference, "Patient"));
      if (!same) {
        throw new OtherPatientException(parsed.place());
      }
    }

    private static @Nullable Reference subjectOf(Resource resource) {
      if (resource instanceof Encounter encounter) {
        return encounter.getSubject();
      }
      if (resource instanceof Condition condition) {
        return condition.getSubject();
      }
      if (resource instanceof MedicationRequest request) {
        return request.getSubject();
      }
      return resource instanceof AllergyIntolerance allergy ? allergy.getPatient() : null;
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
