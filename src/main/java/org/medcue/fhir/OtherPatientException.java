package org.medcue.fhir;

/** A resource belongs to another patient than the one of the context. */
public final class OtherPatientException extends FhirException {

  private static final long serialVersionUID = 1L;

  /**
   * @param place such as {@code prefetch.conditions}
   */
  public OtherPatientException(String place) {
    super(place + ": holds a resource of another patient than the one of the context");
  }
}
