package org.medcue.fhir;

/** FHIR content that cannot be used. The message says what is expected, never what was found. */
public class FhirException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public FhirException(String message) {
    super(message);
  }

  /** Where it is, such as {@code prefetch.patient}; the message where that names no place. */
  public String path() {
    return parts()[0];
  }

  /** What is expected, without the place. */
  public String expectation() {
    String[] parts = parts();
    return parts[parts.length - 1];
  }

  private String[] parts() {
    return String.valueOf(getMessage()).split(": ", 2);
  }
}
