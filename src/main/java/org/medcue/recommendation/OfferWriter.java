package org.medcue.recommendation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medcue.clinical.Drug;
import org.medcue.clinical.Explanation;
import org.medcue.clinical.PatientEvidence;
import org.medcue.clinical.VisitEvidence;
import org.medcue.knowledge.DialogueDrug;
import org.medcue.serving.ModelLease;

/** Explains the drugs that were chosen, and says how each stands to what the patient takes. */
final class OfferWriter {

  private final ModelLease lease;
  private final PatientEvidence evidence;
  private final DrugNames names;
  private final Phrases phrases;

  OfferWriter(ModelLease lease, RecommendationRequest request, DrugNames names) {
    this.lease = lease;
    this.evidence = request.evidence();
    this.names = names;
    this.phrases = SafetyReview.phrases(request.language());
  }

  List<OfferedDrug> write(List<DrugSelection.Candidate> candidates) {
    List<Drug> drugs = candidates.stream().map(c -> c.scored().drug()).toList();
    if (drugs.isEmpty()) {
      return List.of();
    }
    Map<Drug, Explanation> explanations =
        lease.model().explain(evidence, drugs).stream()
            .collect(Collectors.toMap(Explanation::drug, Function.identity(), (a, b) -> a));
    return candidates.stream().map(candidate -> offer(candidate, explanations)).toList();
  }

  private OfferedDrug offer(
      DrugSelection.Candidate candidate, Map<Drug, Explanation> explanations) {
    Drug drug = candidate.scored().drug();
    List<String> taken =
        evidence.currentDrugs().stream()
            .filter(current -> lease.sameLabel(current, drug))
            .map(Drug::value)
            .sorted()
            .toList();
    List<String> atc =
        lease
            .terminology()
            .lexicon()
            .ofLabel(drug.value())
            .map(DialogueDrug::atc)
            .orElse(List.of());
    return new OfferedDrug(
        drug,
        names.of(drug),
        atc,
        candidate.scored().probability(),
        !taken.isEmpty(),
        taken.contains(drug.value())
            ? Optional.empty()
            : taken.stream().findFirst().map(Drug::of).map(names::of),
        orderedBefore().anyMatch(before -> lease.sameLabel(before, drug)),
        lease.model().usualDosage(drug),
        explanations.getOrDefault(drug, Explanation.none(drug)),
        remarks(candidate, atc));
  }

  private Stream<? extends Drug> orderedBefore() {
    return evidence instanceof VisitEvidence chart
        ? chart.visits().history().stream().flatMap(visit -> visit.drugs().stream())
        : Stream.empty();
  }

  private List<String> remarks(DrugSelection.Candidate candidate, List<String> atc) {
    List<String> remarks = new ArrayList<>(candidate.remarks());
    if (atc.size() > 1) {
      remarks.add(phrases.say("several", String.join(", ", atc)));
    }
    return remarks;
  }
}
