package org.medcue.recommendation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.medcue.clinical.Drug;
import org.medcue.platform.UnavailableException;
import org.medcue.recommendation.ServedCard.ServedSuggestion;
import org.medcue.serving.ActiveModels;
import org.medcue.serving.ModelLease;
import org.medcue.serving.ServingConfig;

/**
 * Has the versions on trial score what another one answered, and keeps how they compare. It never
 * holds up an answer: this happens after the answer was logged, on threads of its own, and is left
 * out where they are behind.
 */
@ApplicationScoped
class ShadowScoring {

  private static final Logger LOG = Logger.getLogger(ShadowScoring.class);

  private final ActiveModels models;
  private final RecommendationService recommendations;
  private final ModelComparisons comparisons;
  private final Counter dropped;
  private final ThreadPoolExecutor threads;

  ShadowScoring(
      ActiveModels models,
      RecommendationService recommendations,
      ModelComparisons comparisons,
      MeterRegistry meters,
      ServingConfig config) {
    this.models = models;
    this.recommendations = recommendations;
    this.comparisons = comparisons;
    this.dropped =
        Counter.builder("medcue.shadows.dropped")
            .description("Answers that no version on trial scored since too many were waiting")
            .register(meters);
    int count = config.shadow().threads();
    this.threads =
        new ThreadPoolExecutor(
            count,
            count,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(config.shadow().queue()),
            task -> new Thread(task, "shadows"));
  }

  /** Has an answer scored that is in the log. */
  void score(Recommendation answer, List<ServedCard> cards) {
    if (answer.request().evidence().nothingKnown()) {
      return; // no version was asked for drugs
    }
    try {
      threads.execute(() -> scoreNow(answer, cards));
    } catch (RejectedExecutionException e) {
      dropped.increment();
    }
  }

  private void scoreNow(Recommendation answer, List<ServedCard> cards) {
    List<ModelLease> leases =
        models.challengers(answer.request().serviceId(), answer.modelVersion());
    for (ModelLease lease : leases) {
      try (lease) {
        if (!lease.knowledge().equals(answer.knowledge())) {
          continue; // another version became active meanwhile, which reads by other knowledge
        }
        comparisons.append(compare(answer, cards, lease));
      } catch (UnavailableException e) {
        LOG.debug("A comparison was not kept: the database failed, or the entry was erased");
      }
    }
  }

  private ShadowAnswer compare(Recommendation answer, List<ServedCard> cards, ModelLease lease) {
    try {
      Set<String> would = labels(lease, recommendations.wouldOffer(answer.request(), lease));
      Set<String> did = labels(lease, answer.offered().stream().map(OfferedDrug::drug).toList());
      List<UUID> madeToo =
          cards.stream()
              .flatMap(card -> card.suggestions().stream())
              .filter(made -> would.contains(lease.labelOf(Drug.of(made.drug()))))
              .map(ServedSuggestion::suggestion)
              .toList();
      return row(answer, lease, Optional.of(agreement(would, did)), madeToo);
    } catch (RuntimeException e) {
      // Its message may quote the chart
      LOG.debugf("%s failed on trial: %s", lease.model().version(), e.getClass().getName());
      return row(answer, lease, Optional.empty(), List.of());
    }
  }

  private static Set<String> labels(ModelLease lease, List<Drug> drugs) {
    return drugs.stream().map(lease::labelOf).collect(Collectors.toSet());
  }

  /** Jaccard index; two that offer nothing agree. */
  private static double agreement(Set<String> one, Set<String> other) {
    Set<String> both = new HashSet<>(one);
    both.retainAll(other);
    int either = one.size() + other.size() - both.size();
    return either == 0 ? 1 : (double) both.size() / either;
  }

  private static ShadowAnswer row(
      Recommendation answer, ModelLease lease, Optional<Double> agreement, List<UUID> madeToo) {
    Duration time = lease.predictionTime();
    return new ShadowAnswer(
        answer.id(),
        answer.modelName(),
        answer.modelVersion(),
        lease.model().version(),
        agreement,
        madeToo,
        answer.predictionTime(),
        time);
  }

  @PreDestroy
  void close() {
    threads.shutdownNow();
  }
}
