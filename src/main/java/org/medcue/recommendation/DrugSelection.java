package org.medcue.recommendation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.medcue.clinical.Drug;
import org.medcue.clinical.ScoredDrug;
import org.medcue.recommendation.WithheldDrug.Cause;

/**
 * Goes down the ranking to the floor or until enough drugs are on offer. What is passed over on the
 * way is kept with its reason: nothing is dropped in silence.
 */
final class DrugSelection {

  /** A drug on offer before it is explained. */
  record Candidate(ScoredDrug scored, List<String> remarks) {}

  private final List<Candidate> offered = new ArrayList<>();
  private final List<WithheldDrug> withheld = new ArrayList<>();
  private final RecommendationRequest request;
  private final SafetyReview review;
  private final DrugNames names;
  private final Phrases phrases;
  private final BiPredicate<Drug, Drug> sameLabel;

  /**
   * @param sameLabel whether the model takes two drugs for one: a draft of another product of the
   *     predicted ingredient is what was predicted
   */
  DrugSelection(
      RecommendationRequest request,
      SafetyReview review,
      DrugNames names,
      BiPredicate<Drug, Drug> sameLabel) {
    this.request = request;
    this.review = review;
    this.names = names;
    this.phrases = SafetyReview.phrases(request.language());
    this.sameLabel = sameLabel;
  }

  void choose(List<ScoredDrug> ranked, double floor, int limit) {
    for (ScoredDrug scored : ranked) {
      if (offered.size() == limit || !(scored.probability() >= floor)) {
        return;
      }
      consider(scored);
    }
  }

  private void consider(ScoredDrug scored) {
    Drug drug = scored.drug();
    Optional<Drug> draft =
        request.draftDrugs().stream()
            .filter(d -> sameLabel.test(d, drug))
            .min(Comparator.comparing(Drug::value));
    if (draft.isPresent()) {
      withhold(scored, Cause.DRAFTED, List.of(drafted(draft.get(), drug)));
      return;
    }
    if (request.rejectedDrugs().stream().anyMatch(rejected -> sameLabel.test(rejected, drug))) {
      withhold(scored, Cause.REJECTED, List.of(phrases.say("rejected")));
      return;
    }
    SafetyReview.Verdict verdict = review.review(drug);
    if (verdict.allergies().isEmpty()) {
      offered.add(new Candidate(scored, verdict.remarks()));
    } else {
      withhold(scored, Cause.ALLERGY, verdict.allergies());
    }
  }

  private String drafted(Drug draft, Drug drug) {
    return draft.equals(drug)
        ? phrases.say("drafted")
        : phrases.say("drafted.other", names.of(draft));
  }

  private void withhold(ScoredDrug scored, Cause cause, List<String> reasons) {
    String name = names.of(scored.drug());
    withheld.add(new WithheldDrug(scored.drug(), name, scored.probability(), cause, reasons));
  }

  List<Candidate> offered() {
    return offered;
  }

  List<WithheldDrug> withheld() {
    return withheld;
  }
}
