package org.medcue.cdshooks;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.UUID;

/**
 * One drug that the doctor may take.
 *
 * @param label for the button
 * @param uuid by which feedback names it
 * @param actions one action
 * @param extension what the model said
 */
public record Suggestion(String label, UUID uuid, List<Action> actions, Extension extension) {

  /** RxNorm code or label of the drug and the model's probability, 0 to 1. */
  public record Extension(
      @JsonProperty("org.medcue.drug") String drug,
      @JsonProperty("org.medcue.probability") double probability) {}
}
