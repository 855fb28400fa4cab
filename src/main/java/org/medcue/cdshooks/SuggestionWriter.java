package org.medcue.cdshooks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.medcue.fhir.DraftOrder;
import org.medcue.fhir.OrderProposal;
import org.medcue.fhir.OrderedDrug;
import org.medcue.recommendation.OfferedDrug;
import org.medcue.recommendation.Phrases;
import org.medcue.recommendation.Recommendation;
import org.medcue.recommendation.RecommendationRequest;

/**
 * Writes a drug as a suggestion: it fills the draft that the doctor selected where that names no
 * drug yet, otherwise it is a draft of its own.
 */
final class SuggestionWriter {

  private static final Logger LOG = Logger.getLogger(SuggestionWriter.class);
  private static final int MOST_TOLD = 1_000;

  /** Dosages that the log tells of already, as version and drug. */
  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

  private final RecommendationRequest request;
  private final String version;
  private final Optional<DraftOrder> emptyDraft;
  private final Phrases phrases;

  SuggestionWriter(Recommendation recommendation, List<DraftOrder> drafts) {
    this.request = recommendation.request();
    this.version = recommendation.modelName() + "/" + recommendation.modelVersion();
    this.phrases = CardPhrases.in(request.language());
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
  private String label(OfferedDrug drug) {
    return drug.takenInstead()
        .map(taken -> phrases.say("label.instead", drug.display(), taken))
        .orElseGet(
            () -> phrases.say(drug.renewal() ? "label.renew" : "label.order", drug.display()));
  }

  /** Whether the order gets a dosage out of the training data: a draft keeps its own. */
  boolean fillsDosage(OfferedDrug drug) {
    return dosage(drug).isPresent()
        && emptyDraft
            .map(draft -> draft.resource().path("dosageInstruction").isEmpty())
            .orElse(true);
  }

  /** A dosage that no EHR could read must not cost the answer: the order goes without. */
  private Optional<String> dosage(OfferedDrug drug) {
    Optional<String> dosage = drug.usualDosage().filter(OrderProposal::isDosage);
    String what = version + ": " + drug.drug().value();
    if (dosage.isEmpty()
        && drug.usualDosage().isPresent()
        && TOLD.size() < MOST_TOLD
        && TOLD.add(what)) {
      LOG.warnf("The usual dosage of a drug is not FHIR and is left out: %s", what);
    }
    return dosage;
  }

  private static OrderedDrug ordered(OfferedDrug drug) {
    return new OrderedDrug(drug.drug(), drug.display(), drug.atc());
  }

  private Action update(DraftOrder draft, OfferedDrug drug) {
    JsonNode order =
        OrderProposal.update(
            draft,
            request.call().patientId(),
            request.call().encounterId(),
            ordered(drug),
            dosage(drug));
    return new Action("update", phrases.say("action.fill", drug.display()), order);
  }

  private Action create(OfferedDrug drug) {
    JsonNode order =
        OrderProposal.create(
            request.call().patientId(),
            request.call().encounterId(),
            ordered(drug),
            dosage(drug),
            UUID.randomUUID().toString());
    return new Action("create", phrases.say("action.add", drug.display()), order);
  }
}
