package org.medcue.cdshooks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.medcue.platform.RequestRefusedException;
import org.medcue.recommendation.RecommendationServices;

class MedicationSuggestionsTest {

  @Test
  void whoeverMissesAModelLearnsWhatHelps() {
    RequestRefusedException refused =
        MedicationSuggestions.noModel(RecommendationServices.MEDICATIONS_FROM_VISITS);

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused)
        .hasMessageContaining("activates a version with 'medcue registry'")
        .hasMessageContaining("new database")
        .hasMessageContaining("medcue.registry.initial.medication-suggestions-visits");
  }
}
