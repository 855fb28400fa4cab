package org.medcue.clinical;

import java.util.regex.Pattern;

/**
 * A symptom or finding: an ICD-10-CM code of chapter XVIII ({@code R05.9}) or, for accepted
 * findings that the classification files elsewhere, a SNOMED CT concept ({@code 57676002}, joint
 * pain).
 *
 * @param code an ICD-10-CM chapter XVIII code or a SNOMED CT identifier
 */
public record Symptom(String code) implements Comparable<Symptom> {

  private static final Pattern CODE = Pattern.compile("R[0-9]{2}(\\.[0-9A-Z]{1,4})?|[0-9]{6,18}");

  /**
   * @throws IllegalArgumentException if the code is neither of the two kinds
   */
  public Symptom {
    if (!CODE.matcher(code).matches()) {
      throw new IllegalArgumentException(
          "neither an ICD-10-CM chapter XVIII code nor a SNOMED CT identifier");
    }
  }

  @Override
  public int compareTo(Symptom other) {
    return code.compareTo(other.code);
  }
}
