package org.medcue.recommendation;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.medcue.clinical.DiseaseRead;
import org.medcue.clinical.Drug;
import org.medcue.clinical.DrugPrediction;
import org.medcue.clinical.Omission;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.knowledge.Terminology;
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
  private final SuggestionsConfig config;

  RecommendationService(ActiveModels models, SuggestionsConfig config) {
    this.models = models;
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
   * The version that answers a call, to be closed once it has. What the call sent is to be read by
   * its terminology.
   *
   * @throws UnavailableException if no model is loaded
   */
  public AnsweringVersion versionFor(String serviceId, HookCall call) {
    return new AnsweringVersion(models.lease(serviceId, call.tenant(), call.patientId()), this);
  }

  /**
   * Predicts, checks, ranks and explains, all by one version. Nothing is logged yet: that happens
   * with the cards.
   */
  Recommendation recommend(RecommendationRequest request, ModelLease lease) {
    return recommend(request, lease, lease.predict(request.evidence()), limits());
  }

  /**
   * What was recommended then, recommended once more.
   *
   * @param recommendation by the scores of now
   * @param byScoresOfThen where these differ from the logged ones by rounding alone; empty where
   *     they do not differ, or by more
   */
  public record Again(Recommendation recommendation, Optional<Recommendation> byScoresOfThen) {}

  /**
   * Recommends once more what was recommended then: the same version, from the same evidence, by
   * the same knowledge, with the floor and the limit of then.
   *
   * @param knowledge versions that were cited then, {@code name/version}
   * @throws ModelException if the version or the knowledge cannot be loaded here
   */
  public Again again(StoredInput input, String model, String version, List<String> knowledge) {
    List<KnowledgeVersion> cited = knowledge.stream().map(KnowledgeVersion::parse).toList();
    try (ModelLease lease = models.leaseOf(model, version, cited)) {
      return again(input, lease);
    }
  }

  private Again again(StoredInput input, ModelLease lease) {
    RecommendationRequest request = input.request();
    Limits limits = new Limits(input.confidenceFloor(), input.limit());
    DrugPrediction now = lease.predict(request.evidence());
    Recommendation recommendation = recommend(request, lease, now, limits);
    return new Again(
        recommendation,
        recommendation.top().equals(input.scores())
            ? Optional.empty()
            : LoggedScores.roundedTo(input.scores(), now)
                .map(then -> recommend(request, lease, then, limits)));
  }

  private record Limits(double floor, int most) {}

  private Limits limits() {
    return new Limits(config.confidenceFloor(), config.limit());
  }

  private Recommendation recommend(
      RecommendationRequest request, ModelLease lease, DrugPrediction prediction, Limits limits) {
    ServedModel model = lease.model();
    Terminology terminology = lease.terminology();
    DrugNames names = names(request, terminology);
    SafetyReview review = review(request, terminology, names);
    DrugSelection selection = select(request, lease, prediction, review, names, limits);
    return new Recommendation(
        UUID.randomUUID(),
        request,
        model.name(),
        model.version(),
        model.widerLevel(),
        lease.knowledge(),
        new OfferWriter(lease, request, names).write(selection.offered()),
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
    DrugNames names = names(request, lease.terminology());
    return select(
            request,
            lease,
            lease.predict(request.evidence()),
            review(request, lease.terminology(), names),
            names,
            limits())
        .offered()
        .stream()
        .map(candidate -> candidate.scored().drug())
        .toList();
  }

  private static DrugNames names(RecommendationRequest request, Terminology terminology) {
    return new DrugNames(terminology, request.evidence().displays(), request.language());
  }

  private static SafetyReview review(
      RecommendationRequest request, Terminology terminology, DrugNames names) {
    return new SafetyReview(
        new SafetyRules(terminology),
        names,
        request.evidence(),
        request.draftDrugs(),
        request.unreadDraft(),
        request.language());
  }

  private static DrugSelection select(
      RecommendationRequest request,
      ModelLease lease,
      DrugPrediction prediction,
      SafetyReview review,
      DrugNames names,
      Limits limits) {
    DrugSelection selection = new DrugSelection(request, review, names, lease::sameLabel);
    if (!request.evidence().nothingKnown()) {
      selection.choose(prediction.ranked(), limits.floor(), limits.most());
    }
    return selection;
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
