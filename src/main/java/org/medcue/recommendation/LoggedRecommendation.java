package org.medcue.recommendation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
 * @param clinical what was asked and answered, as long as it is kept
 * @param outcomes of each card that was served
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
    @JsonUnwrapped Clinical clinical,
    List<CardOutcome> outcomes,
    long latencyMillis,
    boolean dryRun) {

  /** Name and version of a model. */
  public record Model(String name, String version) {}

  /**
   * What became of a card.
   *
   * @param card its uuid
   * @param outcome {@code accepted} or {@code overridden}, left out where nobody said
   */
  public record CardOutcome(
      UUID card, @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> outcome) {}

  /**
   * The clinical content. Each part is left out where the content is not available.
   *
   * @param content {@code available}, or why it is not: {@code expired}, {@code key-missing} (the
   *     key that sealed it is not configured), {@code damaged} (it is not what was sealed)
   * @param input evidence and draft orders (JSON); left out in a page of the log
   * @param probabilities the highest scores, an array of objects with drug and probability (JSON)
   * @param omissions what the evidence lacked, an array (JSON)
   * @param cards the cards as served (JSON)
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Clinical(
      String content,
      @JsonRawValue @Nullable String input,
      @JsonRawValue @Nullable String probabilities,
      @JsonRawValue @Nullable String omissions,
      @JsonRawValue @Nullable String cards) {

    static Clinical unavailable(String why) {
      return new Clinical(why, null, null, null, null);
    }
  }
}
