package org.medcue.recommendation;

import java.util.List;

/** Identifiers of the services that answer with recommendations; a model is active for each. */
public final class RecommendationServices {

  /** Drugs for the present visit, from the visits before it. */
  public static final String MEDICATIONS_FROM_VISITS = "medication-suggestions-visits";

  /** Drugs for the present visit, from what doctor and patient say. */
  public static final String MEDICATIONS_FROM_DIALOGUE = "medication-suggestions-dialogue";

  /** Every one. */
  public static final List<String> ALL =
      List.of(MEDICATIONS_FROM_VISITS, MEDICATIONS_FROM_DIALOGUE);

  private RecommendationServices() {}
}
