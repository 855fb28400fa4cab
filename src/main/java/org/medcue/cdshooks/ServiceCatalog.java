package org.medcue.cdshooks;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.medcue.platform.RequestRefusedException;
import org.medcue.recommendation.RecommendationServices;

/** The CDS services that Medcue offers. */
@ApplicationScoped
public class ServiceCatalog {

  /** The one prefetch key without which there is no answer. */
  static final String PATIENT = "patient";

  private static final ServiceDescription MEDICATIONS_FROM_VISITS =
      new ServiceDescription(
          "order-select",
          "Medication suggestions from the patient's visits",
          "Ranks drugs for a medication order that is being entered, by a network that reads the"
              + " patient's earlier visits and the present one. A doctor decides.",
          RecommendationServices.MEDICATIONS_FROM_VISITS,
          "2.0",
          "FHIR R4. Only the prefetch key patient is required; what else is missing is named on"
              + " the card.",
          prefetch());

  private static final List<ServiceDescription> SERVICES = List.of(MEDICATIONS_FROM_VISITS);

  /** Every service. */
  public Discovery discover() {
    return new Discovery(SERVICES);
  }

  /**
   * One service.
   *
   * @throws RequestRefusedException (404) if there is none with that identifier
   */
  public ServiceDescription find(String id) {
    return SERVICES.stream()
        .filter(service -> service.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new RequestRefusedException(
                    404, "id", "no such CDS service, see GET /cds-services"));
  }

  // Only what every client can be expected to run: read, and search by reference with _sort and
  // _count. Active and past orders come with the same query: both are history.
  private static Map<String, String> prefetch() {
    Map<String, String> prefetch = new LinkedHashMap<>();
    prefetch.put(PATIENT, "Patient/{{context.patientId}}");
    prefetch.put("conditions", "Condition?patient={{context.patientId}}&_count=500");
    prefetch.put("allergies", "AllergyIntolerance?patient={{context.patientId}}&_count=100");
    prefetch.put("encounters", "Encounter?patient={{context.patientId}}&_sort=-date&_count=200");
    prefetch.put("medications", "MedicationRequest?patient={{context.patientId}}&_count=500");
    return prefetch;
  }
}
