package org.medcue.training.dialogue;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import org.medcue.training.evaluation.VisitScore;

/** The five classes of error of the DDN paper, table 3: P are the drugs predicted, T the true. */
public enum ErrorClass {

  /** 1: P is empty. */
  @JsonProperty("nothing")
  NOTHING("P is empty"),
  /** 2: P is not empty and a proper subset of T. */
  @JsonProperty("missing")
  MISSING("P lacks drugs of T"),
  /** 3: T is a proper subset of P. */
  @JsonProperty("surplus")
  SURPLUS("P has more than T"),
  /** 4: P and T overlap, and each has drugs of its own. */
  @JsonProperty("mixed")
  MIXED("P lacks some and has others"),
  /** 5: P is not empty and has no drug of T. */
  @JsonProperty("disjoint")
  DISJOINT("P has none of T");

  private final String title;

  ErrorClass(String title) {
    this.title = title;
  }

  /** For people. */
  public String title() {
    return title;
  }

  /** The class of a prediction; empty if it is right. */
  public static Optional<ErrorClass> of(VisitScore score) {
    if (score.predicted() == 0) {
      return Optional.of(NOTHING);
    }
    if (score.hits() == 0) {
      return Optional.of(DISJOINT);
    }
    boolean misses = score.hits() < score.prescribed();
    boolean exceeds = score.hits() < score.predicted();
    if (!misses && !exceeds) {
      return Optional.empty();
    }
    return Optional.of(misses && exceeds ? MIXED : misses ? MISSING : SURPLUS);
  }
}
