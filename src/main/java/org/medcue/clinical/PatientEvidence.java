package org.medcue.clinical;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is known of a patient at a hook call, whatever a model reads of it. */
public sealed interface PatientEvidence permits VisitEvidence, DialogueEvidence {

  /** Drugs that the patient takes now (active orders). */
  Set<? extends Drug> currentDrugs();

  /** Allergies and intolerances. */
  List<Allergy> allergies();

  /** Names of codes as the chart's resources give them, keyed by code. */
  Map<String, String> displays();

  /** What could not be read or was not sent. */
  List<Omission> omissions();

  /**
   * Whether it holds nothing that a model reads. A model then only repeats what is ordered most in
   * its training data, whoever the patient is.
   */
  boolean nothingKnown();
}
