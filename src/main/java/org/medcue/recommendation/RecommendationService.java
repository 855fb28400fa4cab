package org.medcue.recommendation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.DrugPrediction;
import org.medcue.clinical.Explanation;
import org.medcue.clinical.Omission;
import org.medcue.clinical.ScoredDrug;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.platform.UnavailableException;
import org.medcue.safety.SafetyRules;
import org.medcue.serving.ActiveModels;
import org.medcue.serving.ServedModel;

/** Evidence in, a checked and explained recommendation out. */
@ApplicationScoped
public class RecommendationService {

  private static final int LOGGED_SCORES = 20;

  private final ActiveModels models;
  private final KnowledgeBase knowledge;
  private final SuggestionsConfig config;

  RecommendationService(ActiveModels models, KnowledgeBase knowledge, SuggestionsConfig config) {
    this.models = models;
    this.knowledge = knowledge;
    this.config = config;
  }

  /**
   * Predicts, checks, ranks and explains. Nothing is logged yet: that happens with the cards.
   *
   * @throws UnavailableException if no model is loaded
   */
  public Recommendation recommend(RecommendationRequest request) {
    ServedModel model = activeModel(request.serviceId());
    DrugPrediction prediction = model.predict(request.evidence().visits());
    DrugNames names = new DrugNames(knowledge.drugs(), request.evidence().displays());
    SafetyReview review =
        new SafetyReview(
            new SafetyRules(knowledge.drugs()),
            names,
            request.evidence(),
            request.draftDrugs(),
            request.unreadDraft());
    DrugSelection selection = new DrugSelection(request, review, names, model::sameLabel);
    if (!request.nothingKnown()) {
      selection.choose(prediction.ranked(), config.confidenceFloor(), config.limit());
    }
    return new Recommendation(
        UUID.randomUUID(),
        request,
        model.name(),
        model.version(),
        model.widerLevel(),
        knowledgeVersions(model),
        explained(model, request, selection, names),
        selection.withheld(),
        review.checked(),
        review.notChecked(),
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
    return Stream.concat(model.knowledge().stream(), Stream.of(knowledge.drugs().version()))
        .map(KnowledgeVersion::toString)
        .distinct()
        .sorted()
        .toList();
  }

  private static List<OfferedDrug> explained(
      ServedModel model, RecommendationRequest request, DrugSelection selection, DrugNames names) {
    List<DrugCode> drugs = selection.offered().stream().map(c -> c.scored().drug()).toList();
    if (drugs.isEmpty()) {
      return List.of();
    }
    Map<DrugCode, Explanation> explanations =
        model.explain(request.evidence().visits(), drugs).stream()
            .collect(Collectors.toMap(Explanation::drug, Function.identity(), (a, b) -> a));
    return selection.offered().stream()
        .map(candidate -> offer(model, request, candidate, explanations, names))
        .toList();
  }

  private static OfferedDrug offer(
      ServedModel model,
      RecommendationRequest request,
      DrugSelection.Candidate candidate,
      Map<DrugCode, Explanation> explanations,
      DrugNames names) {
    ScoredDrug scored = candidate.scored();
    DrugCode drug = scored.drug();
    Set<DrugCode> current = request.evidence().currentDrugs();
    List<DrugCode> taken = current.stream().filter(c -> model.sameLabel(c, drug)).sorted().toList();
    Stream<DrugCode> before =
        request.evidence().visits().history().stream().flatMap(visit -> visit.drugs().stream());
    return new OfferedDrug(
        drug,
        names.of(drug),
        scored.probability(),
        !taken.isEmpty(),
        taken.contains(drug) ? Optional.empty() : taken.stream().findFirst().map(names::of),
        before.anyMatch(b -> model.sameLabel(b, drug)),
        model.usualDosage(drug),
        explanations.getOrDefault(drug, new Explanation(drug, List.of(), List.of())),
        candidate.remarks());
  }

  private static List<Omission> omissions(
      RecommendationRequest request, DrugPrediction prediction) {
    List<Omission> omissions = new ArrayList<>(request.evidence().omissions());
    omissions.addAll(prediction.omissions());
    return omissions;
  }
}
