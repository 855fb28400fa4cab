package org.medcue.clinical;

/** The two sides of a dialogue. */
public enum Speaker {
  DOCTOR,
  /** The patient, or a relative who speaks for the patient. */
  PATIENT
}
