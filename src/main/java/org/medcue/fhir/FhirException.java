package org.medcue.fhir;

/** FHIR content that cannot be used. The message says what is expected, never what was found. */
public class FhirException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public FhirException(String message) {
    super(message);
  }
}
