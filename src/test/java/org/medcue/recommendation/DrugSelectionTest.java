package org.medcue.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.medcue.clinical.Drug;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.ScoredDrug;
import org.medcue.clinical.VisitEvidence;
import org.medcue.clinical.VisitSequence;
import org.medcue.clinical.Visits;
import org.medcue.knowledge.KnowledgeLibrary;
import org.medcue.knowledge.Terminology;
import org.medcue.safety.SafetyRules;

/** What is offered where a drug on offer stands for its ingredient, and where it does not. */
class DrugSelectionTest {

  private static final DrugCode SIMVASTATIN_10 = new DrugCode("314231");
  private static final DrugCode SIMVASTATIN_20 = new DrugCode("312961");
  private static final Terminology TERMINOLOGY =
      KnowledgeLibrary.unregistered(Path.of("model-registry")).terminology(List.of());

  private static final BiPredicate<Drug, Drug> PRODUCTS = Drug::equals;
  private static final BiPredicate<Drug, Drug> INGREDIENTS =
      (a, b) ->
          TERMINOLOGY
              .drugs()
              .ingredients(new DrugCode(a.value()))
              .equals(TERMINOLOGY.drugs().ingredients(new DrugCode(b.value())));

  private static DrugSelection select(
      Set<DrugCode> current, Set<DrugCode> drafts, BiPredicate<Drug, Drug> sameLabel) {
    VisitSequence visits =
        new VisitSequence(
            List.of(), Visits.of("v", Instant.EPOCH, Set.of(), Set.of(), Set.of(), Set.of()));
    VisitEvidence evidence = new VisitEvidence(visits, current, List.of(), Map.of(), List.of());
    RecommendationRequest request =
        new RecommendationRequest(
            "s",
            new HookCall("local", new UUID(0, 1), "Practitioner/1", "p", Optional.empty()),
            evidence,
            Set.copyOf(drafts),
            false,
            Set.of(),
            Language.EN);
    DrugNames names = new DrugNames(TERMINOLOGY, Map.of(), Language.EN);
    SafetyReview review =
        new SafetyReview(
            new SafetyRules(TERMINOLOGY), names, evidence, Set.copyOf(drafts), false, Language.EN);
    DrugSelection selection = new DrugSelection(request, review, names, sameLabel);
    selection.choose(List.of(new ScoredDrug(SIMVASTATIN_20, 0.9)), 0.2, 5);
    return selection;
  }

  @Test
  void predictedIngredientIsMetByADraftOfAnotherProduct() {
    DrugSelection selection = select(Set.of(), Set.of(SIMVASTATIN_10), INGREDIENTS);

    assertThat(selection.offered()).isEmpty();
    assertThat(selection.withheld().get(0).cause()).isEqualTo(WithheldDrug.Cause.DRAFTED);
    assertThat(selection.withheld().get(0).reasons())
        .containsExactly("simvastatin 10 MG Oral Tablet is among the draft orders");
  }

  @Test
  void predictedProductIsNot() {
    DrugSelection selection = select(Set.of(), Set.of(SIMVASTATIN_10), PRODUCTS);

    assertThat(selection.offered()).hasSize(1);
  }

  @Test
  void otherProductThatThePatientTakesIsRemarkedOn() {
    DrugSelection selection = select(Set.of(SIMVASTATIN_10), Set.of(), INGREDIENTS);

    assertThat(selection.offered().get(0).remarks())
        .containsExactly(
            "contains simvastatin, as does simvastatin 10 MG Oral Tablet, which the patient takes");
  }
}
