package org.medcue.training.dialogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medcue.training.evaluation.Stratum;
import org.medcue.training.evaluation.VisitScore;

/**
 * Results within a group of dialogues. Of fewer than 10 only the name is given, as in {@link
 * Stratum}: the scores would say something of single patients.
 *
 * @param name English name of the disease or department
 * @param dialogues in it; absent where fewer than 10
 * @param few whether it says little: fewer than 20
 * @param metrics in JSON beside the other fields; absent where dialogues are
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DialogueGroup(
    String name,
    @Nullable Integer dialogues,
    boolean few,
    @JsonUnwrapped @Nullable DialogueMetrics metrics) {

  private static final int FEW = 20;

  static DialogueGroup of(String name, List<VisitScore> dialogues) {
    int size = dialogues.size();
    boolean hidden = size < Stratum.LEAST_PATIENTS;
    return new DialogueGroup(
        name, hidden ? null : size, size < FEW, hidden ? null : DialogueMetrics.of(dialogues));
  }
}
