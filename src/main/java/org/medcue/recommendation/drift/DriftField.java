package org.medcue.recommendation.drift;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What is counted of answers. */
public enum DriftField {
  /** Answers, in one bin. */
  ANSWER,
  /** Codes of the present visit; of a dialogue, its disease. */
  CODE,
  /** Drugs that a card shows with the service's defaults. */
  DRUG,
  /** Of a dialogue, in utterances. */
  LENGTH,
  /** Codes read, in two bins: whether the version does not know them. */
  UNKNOWN;

  /** As the database and the API name it. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static DriftField of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
