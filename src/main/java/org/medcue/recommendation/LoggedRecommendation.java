package org.medcue.recommendation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One entry of the log.
 *
 * @param id of the recommendation
 * @param servedAt when it was logged, just before the answer went out
 * @param serviceId the CDS service that was called
 * @param hookInstance the call
 * @param tenant the EHR that called
 * @param userId the clinician of the call, left out in entries older than that column
 * @param patientId the Patient of the call
 * @param encounterId the Encounter of the call, left out where there was none
 * @param model what answered
 * @param knowledge knowledge versions, {@code name/version}
 * @param evidenceDigest SHA-256 over the evidence
 * @param probabilities the highest scores, an array of objects with drug and probability (JSON)
 * @param omissions what the evidence lacked, an array (JSON)
 * @param cards the cards as served, but for what they quote of messages and orders (JSON)
 * @param latencyMillis from the arrival of the request to this entry
 * @param dryRun whether the cards were kept from the doctor
 */
public record LoggedRecommendation(
    UUID id,
    Instant servedAt,
    String serviceId,
    UUID hookInstance,
    String tenant,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> userId,
    String patientId,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> encounterId,
    Model model,
    List<String> knowledge,
    String evidenceDigest,
    @JsonRawValue String probabilities,
    @JsonRawValue String omissions,
    @JsonRawValue String cards,
    long latencyMillis,
    boolean dryRun) {

  /** Name and version of a model. */
  public record Model(String name, String version) {}
}
