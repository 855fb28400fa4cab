package org.medcue.clinical;

import java.util.List;

/**
 * What a predictor may know when drugs are ordered in the present visit (MR-KPA, definition 2
 * without its slip: the present visit's drugs are the answer and cannot be among the inputs).
 *
 * @param history all earlier visits, oldest first, also those without drugs; may be empty
 * @param present the present visit, without drugs
 */
public record VisitSequence(List<Visit> history, Visit present) {

  /**
   * @throws IllegalArgumentException if the present visit has drugs, or the history is not in order
   *     of time or reaches past the present visit
   */
  public VisitSequence {
    history = List.copyOf(history);
    if (!present.drugs().isEmpty()) {
      throw new IllegalArgumentException("the present visit's drugs are what is to be predicted");
    }
    for (int i = 0; i < history.size(); i++) {
      Visit next = i + 1 < history.size() ? history.get(i + 1) : present;
      if (history.get(i).start().isAfter(next.start())) {
        throw new IllegalArgumentException("visits are not in order of time");
      }
    }
  }
}
