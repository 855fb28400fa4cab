package org.medcue.recommendation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.medcue.clinical.DiseaseRead;
import org.medcue.clinical.Drug;
import org.medcue.clinical.DrugPrediction;
import org.medcue.clinical.Omission;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.model.ModelException;
import org.medcue.model.profile.Observation;
import org.medcue.platform.UnavailableException;
import org.medcue.recommendation.Recommendation.NamedDisease;
import org.medcue.recommendation.drift.DriftSample;
import org.medcue.safety.SafetyRules;
import org.medcue.serving.ActiveModels;
import org.medcue.serving.ModelLease;
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
   * Predicts, checks, ranks and explains, all by one version. Nothing is logged yet: that happens
   * with the cards.
   *
   * @throws UnavailableException if no model is loaded
   */
  public Recommendation recommend(RecommendationRequest request) {
    HookCall call = request.call();
    try (ModelLease lease = models.lease(request.serviceId(), call.tenant(), call.patientId())) {
      return recommend(request, lease, limits());
    }
  }

  /**
   * Recommends once more what was recommended then: the same version, from the same evidence, with
   * the floor and the limit of then.
   *
   * @throws ModelException if the version cannot be loaded here
   */
  public Recommendation again(StoredInput input, String model, String version) {
    try (ModelLease lease = models.leaseOf(model, version)) {
      return recommend(input.request(), lease, new Limits(input.confidenceFloor(), input.limit()));
    }
  }

  private record Limits(double floor, int most) {}

  private Limits limits() {
    return new Limits(config.confidenceFloor(), config.limit());
  }

  private Recommendation recommend(RecommendationRequest request, ModelLease lease, Limits limits) {
    ServedModel model = lease.model();
    DrugPrediction prediction = lease.predict(request.evidence());
    DrugNames names = names(request);
    SafetyReview review = review(request, names);
    DrugSelection selection = select(request, model, prediction, review, names, limits);
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
        prediction.ranked().stream().limit(LOGGED_SCORES).toList(),
        lease.predictionTime(),
        sample(request, model, prediction));
  }

  private static Optional<DriftSample> sample(
      RecommendationRequest request, ServedModel model, DrugPrediction prediction) {
    return model
        .profile()
        .filter(profile -> !request.evidence().nothingKnown()) // it was not asked for drugs
        .map(
            profile ->
                DriftSample.of(
                    model.name(),
                    model.version(),
                    profile,
                    Observation.of(request.evidence(), prediction)));
  }

  /** What a version would have offered, by the rules of {@link #recommend}. */
  List<Drug> wouldOffer(RecommendationRequest request, ModelLease lease) {
    DrugNames names = names(request);
    return select(
            request,
            lease.model(),
            lease.predict(request.evidence()),
            review(request, names),
            names,
            limits())
        .offered()
        .stream()
        .map(candidate -> candidate.scored().drug())
        .toList();
  }

  private DrugNames names(RecommendationRequest request) {
    return new DrugNames(
        knowledge.drugs(), dialogues.drugs(), request.evidence().displays(), request.language());
  }

  private SafetyReview review(RecommendationRequest request, DrugNames names) {
    return new SafetyReview(
        new SafetyRules(knowledge.drugs(), dialogues.drugs()),
        names,
        request.evidence(),
        request.draftDrugs(),
        request.unreadDraft(),
        request.language());
  }

  private DrugSelection select(
      RecommendationRequest request,
      ServedModel model,
      DrugPrediction prediction,
      SafetyReview review,
      DrugNames names,
      Limits limits) {
    DrugSelection selection = new DrugSelection(request, review, names, model::sameLabel);
    if (!request.evidence().nothingKnown()) {
      selection.choose(prediction.ranked(), limits.floor(), limits.most());
    }
    return selection;
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
