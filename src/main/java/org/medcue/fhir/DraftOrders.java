package org.medcue.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.medcue.clinical.Drug;
import org.medcue.clinical.DrugCode;
import org.medcue.knowledge.Terminology;

/** Reads the draft orders of an order-select or order-sign context. Safe for concurrent use. */
public final class DraftOrders {

  private static final String PLACE = "context.draftOrders";

  /** An order with its narrative and what it contains has some thousands. */
  private static final int LONGEST_DRAFT = 32_000;

  private final DrugCoder drugs;
  private final DrugLabelCoder labels;

  /** Costs nothing: one may be made for each call. */
  public DraftOrders(Terminology terminology) {
    this(new DrugCoder(terminology.drugs()::resolve), new DrugLabelCoder(terminology.lexicon()));
  }

  DraftOrders(DrugCoder drugs, DrugLabelCoder labels) {
    this.drugs = drugs;
    this.labels = labels;
  }

  /**
   * The medication orders among the drafts; other resources are passed over.
   *
   * @param draftOrders a Bundle
   * @param selections {@code Type/id} of what the doctor selected; each must be in the Bundle
   * @param patientId the context's patient
   * @param prefetch by key; drafts may refer to the Medications in it
   * @throws MalformedFhirException if the Bundle or the prefetch is not FHIR R4, or the Bundle
   *     lacks a selected resource
   * @throws OtherPatientException if a draft is for another patient
   */
  public List<DraftOrder> read(
      JsonNode draftOrders,
      List<String> selections,
      String patientId,
      Map<String, JsonNode> prefetch) {
    JsonNode bundle = SentResources.open(draftOrders, PLACE);
    if (!SentResources.isBundle(bundle)) {
      throw new MalformedFhirException(PLACE, "a Bundle");
    }
    List<SentResource> sent = SentResources.list(bundle, PLACE);
    Set<String> known = new HashSet<>();
    sent.forEach(resource -> known.add(referenceTo(resource)));
    if (!known.containsAll(selections)) {
      throw new MalformedFhirException("context.selections", "references into " + PLACE);
    }
    // What the prefetch lacks is noted where it is read as a chart.
    List<SentResource> all =
        new ArrayList<>(PrefetchContent.VISITS.read(prefetch, new ChartNotes()));
    // Last, so that what stands beside a draft counts before what the chart holds.
    all.addAll(sent);
    References references = referencesInto(all);
    ofType(sent, "MedicationRequest").forEach(draft -> check(draft, references, patientId));
    return drafts(sent, ordersOver(ofType(all, "Medication"), references), Set.copyOf(selections));
  }

  private static References referencesInto(List<SentResource> sent) {
    References references = new References();
    remember(sent, references);
    return references;
  }

  /** Remembers the fullUrl of each. */
  static void remember(List<SentResource> sent, References references) {
    for (SentResource resource : sent) {
      if (resource.fullUrl() != null) {
        references.alias(resource.fullUrl(), resource.type(), idOf(resource));
      }
    }
  }

  private OrderMapper ordersOver(List<SentResource> medications, References references) {
    OrderMapper orders = new OrderMapper(drugs, references, new ChartNotes());
    ResourceParser parser = new ResourceParser();
    for (SentResource resource : medications) {
      if (parser.parse(resource).orElse(null) instanceof Medication medication) {
        orders.remember(medication, idOf(resource));
      }
    }
    return orders;
  }

  private List<DraftOrder> drafts(
      List<SentResource> sent, OrderMapper orders, Set<String> selections) {
    ResourceParser parser = new ResourceParser();
    List<DraftOrder> drafts = new ArrayList<>();
    for (SentResource resource : ofType(sent, "MedicationRequest")) {
      String reference = referenceTo(resource);
      Optional<MedicationRequest> request =
          parser.parse(resource).map(MedicationRequest.class::cast);
      drafts.add(
          new DraftOrder(
              reference,
              selections.contains(reference),
              request.flatMap(draft -> drugOf(draft, orders)),
              hasMedication(resource.json()),
              resource.json()));
    }
    return drafts;
  }

  private Optional<Drug> drugOf(MedicationRequest draft, OrderMapper orders) {
    Optional<DrugCode> product = orders.drugOf(draft);
    return product.isPresent() || !draft.hasMedicationCodeableConcept()
        ? product.map(Drug.class::cast)
        : labels.read(draft.getMedicationCodeableConcept()).map(Drug.class::cast);
  }

  static List<SentResource> ofType(List<SentResource> sent, String type) {
    return sent.stream().filter(resource -> resource.type().equals(type)).toList();
  }

  private static void check(SentResource draft, References references, String patientId) {
    // Each suggestion repeats it
    if (draft.json().toString().length() > LONGEST_DRAFT) {
      throw new MalformedFhirException(
          PLACE, "draft orders of at most " + LONGEST_DRAFT / 1_000 + ",000 characters each");
    }
    checkPatient(draft, references, patientId);
  }

  // On the JSON, so that a draft which cannot be understood is checked all the same
  private static void checkPatient(SentResource request, References references, String patientId) {
    String subject = request.json().path("subject").path("reference").textValue();
    if (subject != null && !patientId.equals(references.idOf(subject, "Patient"))) {
      throw new OtherPatientException(PLACE);
    }
  }

  // Whatever its form: a draft with a medication is never filled with another
  private static boolean hasMedication(JsonNode request) {
    return request.properties().stream()
        .anyMatch(
            element ->
                element.getKey().startsWith("medication") && statesAnything(element.getValue()));
  }

  private static boolean statesAnything(JsonNode value) {
    return value.isContainerNode() ? !value.isEmpty() : !value.isNull();
  }

  static String referenceTo(SentResource resource) {
    return resource.type() + "/" + idOf(resource);
  }

  private static String idOf(SentResource resource) {
    String id = resource.json().path("id").asText("");
    String fullUrl = resource.fullUrl();
    return id.isEmpty() && fullUrl != null ? References.lastPart(fullUrl) : id;
  }
}
