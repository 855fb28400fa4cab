package org.medcue.clinical;

import java.util.regex.Pattern;

/**
 * An RxNorm concept (RxCUI), Medcue's canonical code of a drug: usually a clinical drug such as
 * {@code 314076} (lisinopril 10 MG Oral Tablet), in an allergy also an ingredient.
 *
 * @param value the RxCUI, digits only
 */
public record DrugCode(String value) implements Drug, Comparable<DrugCode> {

  private static final Pattern RXCUI = Pattern.compile("[1-9][0-9]{0,7}");

  /**
   * @throws IllegalArgumentException if the value is not an RxCUI
   */
  public DrugCode {
    if (!RXCUI.matcher(value).matches()) {
      throw new IllegalArgumentException("not an RxNorm concept identifier");
    }
  }

  @Override
  public int compareTo(DrugCode other) {
    return value.compareTo(other.value);
  }
}
