package org.medcue.clinical;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An ICD-10-CM code or category, in upper case with its dot: {@code E11.9}, {@code I10}.
 *
 * @param value the normalised code
 */
public record DiagnosisCode(String value) implements Comparable<DiagnosisCode> {

  // A category of letter, digit, alphanumeric; then up to four alphanumeric characters. The form
  // alone does not tell full-length ICD-10-PCS codes apart: whoever reads maps does.
  private static final Pattern ICD_10_CM = Pattern.compile("[A-Z][0-9][0-9A-Z](\\.[0-9A-Z]{1,4})?");

  /**
   * @throws IllegalArgumentException if the value does not have the form of an ICD-10-CM code
   */
  public DiagnosisCode {
    if (!ICD_10_CM.matcher(value).matches()) {
      throw new IllegalArgumentException("not an ICD-10-CM code in dotted upper case");
    }
  }

  /**
   * Reads a code as systems write it: any case, with or without the dot.
   *
   * @throws IllegalArgumentException if it cannot be an ICD-10-CM code
   */
  public static DiagnosisCode parse(String text) {
    String code = text.strip().toUpperCase(Locale.ROOT);
    if (code.indexOf('.') < 0 && code.length() > 3) {
      code = code.substring(0, 3) + "." + code.substring(3);
    }
    return new DiagnosisCode(code);
  }

  @Override
  public int compareTo(DiagnosisCode other) {
    return value.compareTo(other.value);
  }
}
