package org.medcue.recommendation;

/** Identifiers of the services that answer with recommendations; a model is active for each. */
public final class RecommendationServices {

  /** Drugs for the present visit, from the visits before it. */
  public static final String MEDICATIONS_FROM_VISITS = "medication-suggestions-visits";

  private RecommendationServices() {}
}
