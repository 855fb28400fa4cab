package org.medcue.recommendation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.medcue.clinical.DiseaseRead;
import org.medcue.clinical.DrugPrediction;
import org.medcue.clinical.Omission;
import org.medcue.clinical.PatientEvidence;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.platform.UnavailableException;
import org.medcue.recommendation.Recommendation.NamedDisease;
import org.medcue.safety.SafetyRules;
import org.medcue.serving.ActiveModels;
import org.medcue.serving.ServedModel;

/** Evidence in, a checked and explained recommendation out. */
@ApplicationScoped
public class RecommendationService {

  private static final int LOGGED_SCORES = 20;

  private final ActiveModels models;
  private final KnowledgeBase knowledge;
  private final DialogueKnowledge dialogues;
  private final SuggestionsConfig config;

  RecommendationService(
      ActiveModels models,
      KnowledgeBase knowledge,
      DialogueKnowledge dialogues,
      SuggestionsConfig config) {
    this.models = models;
    this.knowledge = knowledge;
    this.dialogues = dialogues;
    this.config = config;
  }

  /** Whether a model is loaded for a service. */
  public boolean answers(String serviceId) {
    return models.has(serviceId);
  }

  /** What cards are written in unless the client prefers another language. */
  public Language defaultLanguage() {
    return config.language();
  }

  /**
   * Predicts, checks, ranks and explains. Nothing is logged yet: that happens with the cards.
   *
   * @throws UnavailableException if no model is loaded
   */
  public Recommendation recommend(RecommendationRequest request) {
    ServedModel model = activeModel(request.serviceId());
    PatientEvidence evidence = request.evidence();
    DrugPrediction prediction = model.predict(evidence);
    DrugNames names =
        new DrugNames(
            knowledge.drugs(), dialogues.drugs(), evidence.displays(), request.language());
    SafetyReview review =
        new SafetyReview(
            new SafetyRules(knowledge.drugs(), dialogues.drugs()),
            names,
            evidence,
            request.draftDrugs(),
            request.unreadDraft(),
            request.language());
    DrugSelection selection = new DrugSelection(request, review, names, model::sameLabel);
    if (!evidence.nothingKnown()) {
      selection.choose(prediction.ranked(), config.confidenceFloor(), config.limit());
    }
    return new Recommendation(
        UUID.randomUUID(),
        request,
        model.name(),
        model.version(),
        model.widerLevel(),
        knowledgeVersions(model),
        new OfferWriter(model, request, names, dialogues.drugs()).write(selection.offered()),
        selection.withheld(),
        review.checked(),
        review.notChecked(),
        prediction.disease().map(disease -> named(disease, request.language())),
        omissions(request, prediction),
        prediction.ranked().stream().limit(LOGGED_SCORES).toList());
  }

  private ServedModel activeModel(String serviceId) {
    try {
      return models.active(serviceId);
    } catch (IllegalStateException e) {
      throw new UnavailableException("a model for " + serviceId, e);
    }
  }

  private List<String> knowledgeVersions(ServedModel model) {
    return Stream.concat(
            model.knowledge().stream(),
            Stream.of(knowledge.drugs().version(), dialogues.drugs().version()))
        .map(KnowledgeVersion::toString)
        .distinct()
        .sorted()
        .toList();
  }

  private static NamedDisease named(DiseaseRead disease, Language language) {
    return new NamedDisease(
        DrugNames.both(disease.label(), disease.english(), language), disease.basis());
  }

  private static List<Omission> omissions(
      RecommendationRequest request, DrugPrediction prediction) {
    List<Omission> omissions = new ArrayList<>(request.evidence().omissions());
    omissions.addAll(prediction.omissions());
    return omissions;
  }
}
