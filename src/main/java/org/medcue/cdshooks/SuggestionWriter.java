package org.medcue.cdshooks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.medcue.fhir.DraftOrder;
import org.medcue.fhir.OrderProposal;
import org.medcue.recommendation.OfferedDrug;
import org.medcue.recommendation.RecommendationRequest;

/**
 * Writes a drug as a suggestion: it fills the draft that the doctor selected where that names no
 * drug yet, otherwise it is a draft of its own.
 */
final class SuggestionWriter {

  private final RecommendationRequest request;
  private final Optional<DraftOrder> emptyDraft;

  SuggestionWriter(RecommendationRequest request, List<DraftOrder> drafts) {
    this.request = request;
    this.emptyDraft = drafts.stream().filter(d -> d.selected() && !d.hasMedication()).findFirst();
  }

  Suggestion write(OfferedDrug drug) {
    return new Suggestion(
        label(drug),
        UUID.randomUUID(),
        List.of(emptyDraft.map(draft -> update(draft, drug)).orElseGet(() -> create(drug))),
        new Suggestion.Extension(drug.drug().value(), drug.probability()));
  }

  /** Another product than the one taken is no renewal, whatever the model takes for the same. */
  private static String label(OfferedDrug drug) {
    return drug.takenInstead()
        .map(taken -> "Order " + drug.display() + " (the patient takes " + taken + ")")
        .orElseGet(() -> (drug.renewal() ? "Renew " : "Order ") + drug.display());
  }

  /** Whether the order gets a dosage out of the training data: a draft keeps its own. */
  boolean fillsDosage(OfferedDrug drug) {
    return drug.usualDosage().isPresent()
        && emptyDraft
            .map(draft -> draft.resource().path("dosageInstruction").isEmpty())
            .orElse(true);
  }

  private Action update(DraftOrder draft, OfferedDrug drug) {
    JsonNode order =
        OrderProposal.update(
            draft,
            request.patientId(),
            request.encounterId(),
            drug.drug(),
            drug.display(),
            drug.usualDosage());
    return new Action("update", "Fill the selected order with " + drug.display(), order);
  }

  private Action create(OfferedDrug drug) {
    JsonNode order =
        OrderProposal.create(
            request.patientId(),
            request.encounterId(),
            drug.drug(),
            drug.display(),
            drug.usualDosage(),
            UUID.randomUUID().toString());
    return new Action("create", "Add a draft order for " + drug.display(), order);
  }
}
