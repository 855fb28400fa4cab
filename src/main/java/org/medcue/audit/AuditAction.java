package org.medcue.audit;

import java.util.Locale;

/** What the trail records. */
public enum AuditAction {
  /** Cards were computed for an order. */
  RECOMMENDATION,
  /** A doctor accepted or overrode a card. */
  FEEDBACK,
  /** A person read what is kept of a patient. */
  VIEW,
  /** Records left the service. */
  EXPORT,
  /** All that is kept of one patient was handed out. */
  PATIENT_EXPORT,
  /** What is kept of one patient was erased. */
  PATIENT_ERASURE,
  /** What has expired was deleted. */
  PURGE,
  /** A model version changed its state, or a version of knowledge was registered. */
  MODEL_CHANGE,
  /** An EHR was admitted, changed or shut out. */
  TENANT_CHANGE,
  /** A person signed in. */
  LOGIN,
  /** A person signed out. */
  LOGOUT,
  /** A call was turned away. */
  REFUSAL,
  /** Keys were changed or re-wrapped. */
  KEY_CHANGE;

  /**
   * Whether the trail gets a pseudonym for the patient. Who merely looks for one, or erases one,
   * must not bring the patient back.
   */
  boolean makesPseudonym() {
    return this == RECOMMENDATION || this == FEEDBACK;
  }

  /** As stored and searched for, such as {@code tenant-change}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * @throws IllegalArgumentException if no action has that code
   */
  public static AuditAction of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
