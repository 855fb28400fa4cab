package org.medcue.clinical;

/** What a chart states as sex, by the four codes of FHIR's AdministrativeGender. */
public enum AdministrativeGender {
  FEMALE,
  MALE,
  OTHER,
  /** Stated to be unknown, or not stated. */
  UNKNOWN
}
