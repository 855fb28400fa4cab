package org.medcue.cdshooks;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.medcue.platform.RequestRefusedException;
import org.medcue.recommendation.RecommendationService;
import org.medcue.recommendation.RecommendationServices;

/** The CDS services that Medcue offers. */
@ApplicationScoped
public class ServiceCatalog {

  /** The one prefetch key without which there is no answer. */
  static final String PATIENT = "patient";

  private static final String PATIENT_REQUIRED =
      "FHIR R4. Only the prefetch key patient is required. What is absent is read from fhirServer,"
          + " and named on the card if it cannot be.";

  private static final ServiceDescription MEDICATIONS_FROM_VISITS =
      new ServiceDescription(
          "order-select",
          "Medication suggestions from the patient's visits",
          "Ranks drugs for a medication order that is being entered, by a network that reads the"
              + " patient's earlier visits and the present one. A doctor decides.",
          RecommendationServices.MEDICATIONS_FROM_VISITS,
          "2.0",
          PATIENT_REQUIRED,
          prefetch());

  private static final ServiceDescription MEDICATIONS_FROM_DIALOGUE =
      new ServiceDescription(
          "order-select",
          "Medication suggestions from the dialogue of doctor and patient",
          "Ranks drugs for a medication order that is being entered, by a network that reads the"
              + " messages of doctor and patient in Chinese. A doctor decides.",
          RecommendationServices.MEDICATIONS_FROM_DIALOGUE,
          "2.0",
          PATIENT_REQUIRED + " Cards follow Accept-Language (en, zh).",
          dialoguePrefetch());

  private static final List<ServiceDescription> SERVICES =
      List.of(MEDICATIONS_FROM_VISITS, MEDICATIONS_FROM_DIALOGUE);

  private final Predicate<String> answers;

  @Inject
  ServiceCatalog(RecommendationService recommendations) {
    this(recommendations::answers);
  }

  /**
   * @param answers whether a model is loaded for a service
   */
  ServiceCatalog(Predicate<String> answers) {
    this.answers = answers;
  }

  /** Every service that a model answers for: a client calls whatever is listed. */
  public Discovery discover() {
    return new Discovery(SERVICES.stream().filter(one -> answers.test(one.id())).toList());
  }

  /**
   * One service, also while no model answers for it: that is said when it is called.
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

  // By patient, not by encounter: a token without value would spoil the query where the context
  // names no Encounter. Messages of other visits are told apart when they are read.
  private static Map<String, String> dialoguePrefetch() {
    Map<String, String> prefetch = prefetch();
    prefetch.put(
        "communications", "Communication?patient={{context.patientId}}&_sort=-sent&_count=200");
    return prefetch;
  }
}
