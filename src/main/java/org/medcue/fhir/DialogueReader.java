package org.medcue.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.Allergy;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.DialogueEvidence;
import org.medcue.clinical.Drug;
import org.medcue.clinical.DrugLabel;
import org.medcue.clinical.Omission.Kind;
import org.medcue.clinical.StatedDiagnosis;
import org.medcue.fhir.PatientResources.Parsed;
import org.medcue.knowledge.Terminology;

/**
 * Reads the context and the prefetch of a CDS Hooks call into the dialogue of doctor and patient,
 * the diagnoses known for it, and what the safety rules need. Safe for concurrent use.
 */
public final class DialogueReader {

  private static final String DRAFTS = "context.draftOrders";
  private static final String ORDER = "MedicationRequest";
  private static final Set<String> REASONS = Set.of("reasonCode", "reasonReference", "contained");

  private final ConceptCoder concepts;
  private final DrugCoder drugs;
  private final DrugLabelCoder labels;

  /** Costs nothing: one may be made for each call. */
  public DialogueReader(
      Terminology terminology, ConceptTranslator translator, AcceptedFindings accepted) {
    this(
        new ConceptCoder(code -> !terminology.icd().path(code).isEmpty(), translator, accepted),
        new DrugCoder(terminology.drugs()::resolve),
        new DrugLabelCoder(terminology.lexicon()));
  }

  DialogueReader(ConceptCoder concepts, DrugCoder drugs, DrugLabelCoder labels) {
    this.concepts = concepts;
    this.drugs = drugs;
    this.labels = labels;
  }

  /**
   * @param context the call's context; of the drafts only the reasons of the selected ones are read
   * @param prefetch by key: patient, communications, conditions, encounters, allergies,
   *     medications; JSON null where the query found nothing, no entry where it was not run
   * @param now the time of the call
   * @throws MalformedFhirException if a value is not FHIR R4
   * @throws OtherPatientException if a resource belongs to another patient
   */
  public DialogueEvidence read(OrderContext context, Map<String, JsonNode> prefetch, Instant now) {
    return new Reading(context).evidence(prefetch, now);
  }

  /** The state of one call. */
  private final class Reading {
    private final ChartNotes notes = new ChartNotes();
    private final References references = new References();
    private final Map<String, Encounter> encounters = new LinkedHashMap<>();
    private final Set<Drug> currentDrugs = new LinkedHashSet<>();
    private final Set<Allergy> allergies = new LinkedHashSet<>();
    private final OrderContext context;
    private final DiagnosisReader diagnoses;

    Reading(OrderContext context) {
      this.context = context;
      this.diagnoses = new DiagnosisReader(concepts, references, notes);
    }

    DialogueEvidence evidence(Map<String, JsonNode> prefetch, Instant now) {
      List<SentResource> sent = PrefetchContent.DIALOGUE.read(prefetch, notes);
      List<SentResource> drafts =
          SentResources.list(SentResources.open(context.draftOrders(), DRAFTS), DRAFTS);
      DraftOrders.remember(sent, references);
      DraftOrders.remember(drafts, references);
      PatientResources patient = new PatientResources(context.patientId(), references, notes);
      // First, so that what stands beside a draft counts before what the chart holds
      patient.read(DraftOrders.ofType(drafts, "Condition")).forEach(this::rememberCondition);
      List<Parsed> resources = patient.read(sent);
      resources.forEach(this::rememberCondition);
      resources.forEach(this::rememberEncounter);
      readDrugs(resources);
      String encounterId = presentEncounter(now);
      List<StatedDiagnosis> stated = diagnoses(selected(drafts), encounterId);
      return new DialogueEvidence(
          dialogue(resources, encounterId),
          stated,
          currentDrugs,
          List.copyOf(allergies),
          notes.displays(),
          notes.omissions());
    }

    private void rememberCondition(Parsed parsed) {
      if (parsed.resource() instanceof Condition condition) {
        diagnoses.remember(condition, parsed.id());
      }
    }

    private void rememberEncounter(Parsed parsed) {
      if (parsed.resource() instanceof Encounter encounter && parsed.id() != null) {
        encounters.putIfAbsent(parsed.id(), encounter);
      }
    }

    private void readDrugs(List<Parsed> resources) {
      OrderMapper orders = new OrderMapper(drugs, references, notes);
      AllergyMapper allergyMapper = new AllergyMapper(drugs, notes);
      for (Parsed parsed : resources) {
        if (parsed.resource() instanceof Medication medication && parsed.id() != null) {
          orders.remember(medication, parsed.id());
        }
      }
      for (Parsed parsed : resources) {
        Resource resource = parsed.resource();
        if (resource instanceof MedicationRequest request) {
          readOrder(request, parsed.id(), orders);
        } else if (resource instanceof AllergyIntolerance allergy) {
          allergyMapper.map(allergy).ifPresent(allergies::add);
        }
      }
    }

    /** A drug without RxNorm or NDC code may still be one that the model knows by name. */
    private void readOrder(MedicationRequest request, @Nullable String id, OrderMapper orders) {
      Optional<DrugLabel> label =
          request.hasMedicationCodeableConcept()
                  && drugs.read(request.getMedicationCodeableConcept()).isEmpty()
              ? labels.read(request.getMedicationCodeableConcept())
              : Optional.empty();
      if (label.isEmpty()) {
        orders
            .map(request, id)
            .filter(OrderFact::current)
            .map(OrderFact::drug)
            .ifPresent(currentDrugs::add);
      } else if (OrderMapper.isCurrent(request)) {
        currentDrugs.add(label.get());
      }
    }

    /** The context's Encounter; without one that which runs now, unless there are several. */
    private @Nullable String presentEncounter(Instant now) {
      if (context.encounterId().isPresent()) {
        String id = context.encounterId().get();
        if (!encounters.containsKey(id)) {
          notes.omit(Kind.UNKNOWN_ENCOUNTER, "Encounter");
        }
        return id;
      }
      // Only its time is asked for here, so what its codes lack is not noted
      FactMapper facts = new FactMapper(concepts, references, new ChartNotes());
      List<String> running = new ArrayList<>();
      encounters.forEach(
          (id, encounter) -> {
            if (facts.map(encounter, id).runsAt(now)) {
              running.add(id);
            }
          });
      return running.size() == 1 ? running.get(0) : null;
    }

    private List<MedicationRequest> selected(List<SentResource> drafts) {
      ResourceParser parser = new ResourceParser();
      List<MedicationRequest> orders = new ArrayList<>();
      for (SentResource draft : DraftOrders.ofType(drafts, ORDER)) {
        if (context.selections().contains(DraftOrders.referenceTo(draft))) {
          parser
              .parse(draft, REASONS)
              .ifPresentOrElse(
                  order -> orders.add((MedicationRequest) order),
                  () -> notes.omit(Kind.UNREADABLE, ORDER));
        }
      }
      return orders;
    }

    private List<StatedDiagnosis> diagnoses(
        List<MedicationRequest> orders, @Nullable String encounterId) {
      List<StatedDiagnosis> reasons = diagnoses.of(orders);
      return reasons.isEmpty() && encounterId != null
          ? diagnoses.of(encounterId, encounters.get(encounterId))
          : reasons;
    }

    private Dialogue dialogue(List<Parsed> resources, @Nullable String encounterId) {
      CommunicationMapper mapper = new CommunicationMapper(context.patientId(), references);
      List<Message> messages = new ArrayList<>();
      for (Parsed parsed : resources) {
        if (parsed.resource() instanceof Communication communication) {
          mapper.map(communication, parsed.id(), parsed.place()).ifPresent(messages::add);
        }
      }
      return new DialogueMapper(notes).map(messages, encounterId);
    }
  }
}
