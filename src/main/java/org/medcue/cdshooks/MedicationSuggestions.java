package org.medcue.cdshooks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.medcue.clinical.Drug;
import org.medcue.clinical.PatientEvidence;
import org.medcue.feedback.FeedbackService;
import org.medcue.fhir.DraftOrder;
import org.medcue.fhir.DraftOrders;
import org.medcue.fhir.FhirException;
import org.medcue.platform.RequestRefusedException;
import org.medcue.recommendation.AnsweringVersion;
import org.medcue.recommendation.HookCall;
import org.medcue.recommendation.Language;
import org.medcue.recommendation.Recommendation;
import org.medcue.recommendation.RecommendationLog;
import org.medcue.recommendation.RecommendationRequest;
import org.medcue.recommendation.RecommendationService;
import org.medcue.recommendation.ServedCard;
import org.medcue.recommendation.ServedCard.ServedSuggestion;
import org.medcue.tenant.Tenant;

/** Answers order-select: fetch, evidence, recommendation, cards, log, in this order. */
@ApplicationScoped
public class MedicationSuggestions {

  private final PrefetchFetcher fetcher;
  private final EvidenceReader evidenceReader;
  private final FeedbackService feedback;
  private final RecommendationService recommendations;
  private final CardRenderer renderer;
  private final RecommendationLog log;
  private final ObjectMapper json;
  private final Clock clock;

  MedicationSuggestions(
      PrefetchFetcher fetcher,
      EvidenceReader evidenceReader,
      FeedbackService feedback,
      RecommendationService recommendations,
      CardRenderer renderer,
      RecommendationLog log,
      ObjectMapper json,
      Clock clock) {
    this.fetcher = fetcher;
    this.evidenceReader = evidenceReader;
    this.feedback = feedback;
    this.recommendations = recommendations;
    this.renderer = renderer;
    this.log = log;
    this.json = json;
    this.clock = clock;
  }

  /** The language of cards where the client prefers none. */
  Language defaultLanguage() {
    return recommendations.defaultLanguage();
  }

  /**
   * @param caller the EHR that calls; in dry-run its cards are logged and not given
   * @param language of the cards
   * @param times of the call
   */
  Cards answer(
      Tenant caller,
      String serviceId,
      OrderSelectRequest request,
      Language language,
      CallTimes times) {
    requireModel(serviceId);
    CompletedPrefetch complete = fetcher.complete(caller, serviceId, request, times);
    Optional<RequestRefusedException> lack = complete.lackOfPatient();
    if (lack.isPresent()) {
      log.appendLack(request.of(caller.id()), serviceId, "Patient");
      throw lack.get();
    }
    try {
      return answerComplete(caller, serviceId, complete.request(), language, times);
    } catch (FhirException e) {
      throw complete.refusal(e);
    }
  }

  private Cards answerComplete(
      Tenant caller,
      String serviceId,
      OrderSelectRequest request,
      Language language,
      CallTimes times) {
    HookCall call = request.of(caller.id());
    List<DraftOrder> drafts;
    Recommendation recommendation;
    try (AnsweringVersion version = recommendations.versionFor(serviceId, call)) {
      drafts = drafts(request, version);
      PatientEvidence evidence =
          evidenceReader.read(serviceId, request, version.terminology(), clock.instant());
      if (drafts.stream().noneMatch(DraftOrder::selected)) {
        return new Cards(List.of());
      }
      recommendation =
          version.recommend(
              new RecommendationRequest(
                  serviceId,
                  call,
                  evidence,
                  drugsOf(drafts),
                  drafts.stream().anyMatch(d -> d.hasMedication() && d.drug().isEmpty()),
                  rejected(call),
                  language));
    }
    boolean dryRun = caller.settings().dryRun();
    List<Card> cards = renderer.render(recommendation, drafts);
    log.append(
        recommendation,
        cards.stream().map(MedicationSuggestions::served).toList(),
        write(cards),
        StoredOrders.write(drafts),
        times.sinceArrival(),
        dryRun);
    return new Cards(dryRun ? List.of() : cards);
  }

  private static List<DraftOrder> drafts(OrderSelectRequest request, AnsweringVersion version) {
    return new DraftOrders(version.terminology())
        .read(request.draftOrders(), request.selections(), request.patientId(), request.prefetch());
  }

  private void requireModel(String serviceId) {
    if (!recommendations.answers(serviceId)) {
      throw noModel(serviceId);
    }
  }

  /** Once the database knows the model, what the configuration names has no effect. */
  static RequestRefusedException noModel(String serviceId) {
    return new RequestRefusedException(
        503,
        "id",
        "no model answers for this service; its operator activates a version with 'medcue"
            + " registry', or, for a new database, names one in medcue.registry.initial."
            + serviceId
            + " (none switches the service off)");
  }

  private static Set<Drug> drugsOf(List<DraftOrder> drafts) {
    return drafts.stream().flatMap(draft -> draft.drug().stream()).collect(Collectors.toSet());
  }

  private Set<Drug> rejected(HookCall call) {
    return feedback.rejectedDrugs(call).stream().map(Drug::of).collect(Collectors.toSet());
  }

  private static ServedCard served(Card card) {
    return new ServedCard(
        card.uuid(),
        card.suggestions().stream()
            .map(s -> new ServedSuggestion(s.uuid(), s.extension().drug()))
            .toList());
  }

  private String write(List<Card> cards) {
    try {
      return json.writeValueAsString(cards);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cards are always writable", e);
    }
  }
}
