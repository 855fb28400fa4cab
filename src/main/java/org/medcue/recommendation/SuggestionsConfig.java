package org.medcue.recommendation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What may be suggested. */
@ConfigMapping(prefix = "medcue.suggestions")
public interface SuggestionsConfig {

  /** The least probability, 0 to 1, at which a drug is suggested. */
  @WithDefault("0.1")
  double confidenceFloor();

  /** The most drugs in one answer, new ones and renewals together. */
  @WithDefault("5")
  int limit();

  /** What cards are written in where the client does not say what it prefers: en or zh. */
  @WithDefault("en")
  Language language();
}
