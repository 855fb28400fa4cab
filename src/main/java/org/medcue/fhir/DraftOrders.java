package org.medcue.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Resource;
import org.medcue.clinical.DrugCode;
import org.medcue.knowledge.DrugTree;

/** Reads the draft orders of an order-select or order-sign context. Safe for concurrent use. */
public final class DraftOrders {

  private static final String PLACE = "context.draftOrders";
  private static final String REQUEST = "MedicationRequest";

  private final DrugCoder drugs;

  public DraftOrders(DrugTree drugs) {
    this(new DrugCoder(drugs::resolve));
  }

  DraftOrders(DrugCoder drugs) {
    this.drugs = drugs;
  }

  /**
   * The medication orders among the drafts; other resources are passed over.
   *
   * @param draftOrders a Bundle
   * @param selections {@code Type/id} of what the doctor selected; each must be in the Bundle
   * @param patientId the context's patient
   * @throws MalformedFhirException if the Bundle is not FHIR R4 or lacks a selected resource
   * @throws OtherPatientException if a draft is for another patient
   */
  public List<DraftOrder> read(JsonNode draftOrders, List<String> selections, String patientId) {
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
    return drafts(sent, Set.copyOf(selections), patientId);
  }

  private List<DraftOrder> drafts(
      List<SentResource> sent, Set<String> selections, String patientId) {
    References references = new References();
    OrderMapper orders = new OrderMapper(drugs, references, new ChartNotes());
    ResourceParser parser = new ResourceParser();
    List<DraftOrder> drafts = new ArrayList<>();
    for (SentResource resource : sent) {
      if (resource.type().equals("Medication")
          && parse(parser, resource).orElse(null) instanceof Medication medication) {
        orders.remember(medication, References.lastPart(referenceTo(resource)));
      }
    }
    for (SentResource resource : sent) {
      if (resource.type().equals(REQUEST)) {
        String reference = referenceTo(resource);
        Optional<DrugCode> drug =
            parse(parser, resource)
                .map(MedicationRequest.class::cast)
                .flatMap(
                    request -> {
                      checkPatient(references, request, patientId);
                      return orders.drugOf(request);
                    });
        drafts.add(
            new DraftOrder(
                reference,
                selections.contains(reference),
                drug,
                hasMedication(resource.json()),
                resource.json()));
      }
    }
    return drafts;
  }

  private static Optional<Resource> parse(ResourceParser parser, SentResource resource) {
    try {
      return parser.parse(resource.json());
    } catch (FhirJson.NotFhir e) {
      throw new MalformedFhirException(
          PLACE, "a " + resource.type() + " with the JSON types of FHIR R4");
    }
  }

  private static void checkPatient(
      References references, MedicationRequest request, String patientId) {
    String id = references.idOf(request.getSubject());
    if (id != null && !id.equals(patientId)) {
      throw new OtherPatientException(PLACE);
    }
  }

  private static boolean hasMedication(JsonNode request) {
    return !request.path("medicationReference").isEmpty()
        || !request.path("medicationCodeableConcept").isEmpty();
  }

  private static String referenceTo(SentResource resource) {
    String id = resource.json().path("id").asText("");
    String fullUrl = resource.fullUrl();
    return resource.type()
        + "/"
        + (id.isEmpty() && fullUrl != null ? References.lastPart(fullUrl) : id);
  }
}
