package org.medcue.clinical;

import java.util.List;

/**
 * One diagnosis as the chart states it: which disease of the dialogue model it is, if any, is left
 * to those who know them.
 *
 * @param source where it is stated
 * @param codes what it is in ICD-10-CM, in the order stated: a map may give several for one
 *     diagnosis; empty where it stands in words alone
 * @param texts what it is called, in any language; empty where it is a bare code
 */
public record StatedDiagnosis(Source source, List<DiagnosisCode> codes, List<String> texts) {

  /** Where a diagnosis is stated. */
  public enum Source {
    /** The reason of the order that is being written. */
    ORDER,
    /** The Encounter, or a Condition recorded in it. */
    ENCOUNTER
  }

  /**
   * @throws IllegalArgumentException if there is neither a code nor a text
   */
  public StatedDiagnosis {
    codes = List.copyOf(codes);
    texts = List.copyOf(texts);
    if (codes.isEmpty() && texts.isEmpty()) {
      throw new IllegalArgumentException("a diagnosis needs a code or words");
    }
  }
}
