package org.medcue.fhir;

/** A cohort folder that cannot be read: which file and line, what is wrong and what to do. */
public final class CohortException extends FhirException {

  private static final long serialVersionUID = 1L;

  public CohortException(String message) {
    super(message);
  }

  static CohortException at(String file, long line, String problem) {
    return new CohortException(file + ", line " + line + ": " + problem);
  }
}
