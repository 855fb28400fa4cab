package org.medcue.fhir;

/** What a client sent is not FHIR R4. The message names the place and what is expected there. */
public final class MalformedFhirException extends FhirException {

  private static final long serialVersionUID = 1L;

  /**
   * @param place such as {@code prefetch.conditions}
   * @param expected what belongs there, as the end of a sentence
   */
  public MalformedFhirException(String place, String expected) {
    super(place + ": expected " + expected);
  }
}
