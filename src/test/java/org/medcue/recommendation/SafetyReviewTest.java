package org.medcue.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Omission;
import org.medcue.clinical.Omission.Kind;
import org.medcue.clinical.VisitEvidence;
import org.medcue.clinical.VisitSequence;
import org.medcue.clinical.Visits;
import org.medcue.knowledge.KnowledgeLibrary;
import org.medcue.knowledge.Terminology;
import org.medcue.safety.SafetyRules;

class SafetyReviewTest {

  private static final DrugCode LISINOPRIL = new DrugCode("314076");
  private static final DrugCode METFORMIN = new DrugCode("860975");
  private static final DrugCode UNKNOWN = new DrugCode("99999999");
  private static final Terminology TERMINOLOGY =
      KnowledgeLibrary.unregistered(Path.of("model-registry")).terminology(List.of());

  private static SafetyReview review(
      Set<DrugCode> current, Set<DrugCode> drafts, Omission... omissions) {
    return review(current, drafts, false, omissions);
  }

  private static SafetyReview review(
      Set<DrugCode> current, Set<DrugCode> drafts, boolean unreadDraft, Omission... omissions) {
    VisitSequence visits =
        new VisitSequence(
            List.of(), Visits.of("v", Instant.EPOCH, Set.of(), Set.of(), Set.of(), Set.of()));
    VisitEvidence evidence =
        new VisitEvidence(visits, current, List.of(), Map.of(), Arrays.asList(omissions));
    SafetyReview review =
        new SafetyReview(
            new SafetyRules(TERMINOLOGY),
            new DrugNames(TERMINOLOGY, Map.of(), Language.EN),
            evidence,
            Set.copyOf(drafts),
            unreadDraft,
            Language.EN);
    review.review(LISINOPRIL);
    return review;
  }

  @ParameterizedTest
  @EnumSource(names = {"PREFETCH_ABSENT", "PREFETCH_FAILED", "PREFETCH_TRUNCATED"})
  void listsThatDidNotComeAreNotChecked(Kind kind) {
    SafetyReview review =
        review(
            Set.of(),
            Set.of(),
            new Omission(kind, "medications", 1),
            new Omission(kind, "allergies", 1));

    assertThat(review.checked()).isEmpty();
    assertThat(review.notChecked())
        .anyMatch(words -> words.startsWith("the same ingredient twice among"))
        .anyMatch(words -> words.contains("allergies: "));
  }

  @ParameterizedTest
  @CsvSource({
    "NO_CODE,AllergyIntolerance",
    "UNREADABLE,AllergyIntolerance",
    "UNREADABLE,allergies"
  })
  void allergyThatCouldNotBeReadIsNotSaidToBeNone(Kind kind, String subject) {
    SafetyReview review = review(Set.of(), Set.of(), new Omission(kind, subject, 1));

    assertThat(review.checked()).noneMatch(words -> words.contains("allergies"));
    assertThat(review.notChecked()).contains("some allergies: they could not be read");
  }

  @Test
  void draftedDrugThatCouldNotBeReadIsNamed() {
    String words = "a drafted drug could not be read: duplicates with it were not looked for";

    assertThat(review(Set.of(), Set.of(), true).notChecked()).contains(words);
    assertThat(review(Set.of(), Set.of(), false).notChecked()).doesNotContain(words);
  }

  @Test
  void draftsAreCheckedAlsoWithoutTheMedicationList() {
    SafetyReview review =
        review(Set.of(), Set.of(METFORMIN), new Omission(Kind.PREFETCH_ABSENT, "medications", 1));

    assertThat(review.checked()).contains("the same ingredient twice (1 drafted drugs)");
    assertThat(review.notChecked()).anyMatch(words -> words.contains("was not sent"));
  }

  @Test
  void firstPageIsCheckedAndTheRestNamed() {
    SafetyReview review =
        review(
            Set.of(METFORMIN), Set.of(), new Omission(Kind.PREFETCH_TRUNCATED, "medications", 1));

    assertThat(review.checked()).contains("the same ingredient twice (1 current or drafted drugs)");
    assertThat(review.notChecked()).anyMatch(words -> words.contains("only a part of them"));
  }

  @Test
  void listWithoutDrugsIsChecked() {
    assertThat(review(Set.of(), Set.of()).checked())
        .contains("the same ingredient twice (0 current or drafted drugs)");
  }

  @Test
  void drugThatIsTakenWithUnknownIngredientsIsNamedAndNotCounted() {
    SafetyReview review = review(Set.of(UNKNOWN, METFORMIN), Set.of());

    assertThat(review.notChecked()).contains("drugs with unknown ingredients: RxNorm 99999999");
    assertThat(review.checked()).contains("the same ingredient twice (1 current or drafted drugs)");
  }
}
