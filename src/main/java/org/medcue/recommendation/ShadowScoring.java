package org.medcue.recommendation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
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
  private final MeterRegistry meters;
  private final Counter dropped;
  private final Set<String> failing = ConcurrentHashMap.newKeySet();
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
    this.meters = meters;
    this.threads = threads(config.shadow().threads(), config.shadow().queue());
  }

  static ThreadPoolExecutor threads(int count, int queue) {
    requireOne("medcue.serving.shadow.threads", count);
    requireOne("medcue.serving.shadow.queue", queue);
    return new ThreadPoolExecutor(
        count,
        count,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(queue),
        task -> new Thread(task, "shadows"));
  }

  private static void requireOne(String property, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(property + " must be at least 1, and is " + value);
    }
  }

  /** Settings that cannot be end the start, not the first answer. */
  void start(@Observes StartupEvent start) {
    LOG.debugf("%d threads for versions on trial", threads.getCorePoolSize());
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
    models
        .challengers(answer.request().serviceId(), answer.modelVersion())
        .forEach(lease -> scoreBy(lease, answer, cards));
  }

  /** Whatever happens, the others score, too, and no version stays loaded for nobody. */
  private void scoreBy(ModelLease lease, Recommendation answer, List<ServedCard> cards) {
    try (lease) {
      // Else another version became active meanwhile, which reads by other knowledge
      if (lease.knowledge().equals(answer.knowledge())) {
        comparisons.append(compare(answer, cards, lease));
      }
    } catch (UnavailableException e) {
      LOG.debug("A comparison was not kept: the database failed, or the entry was erased");
    } catch (RuntimeException | Error e) {
      failed(lease, e);
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
      failing.remove(version(lease));
      return row(answer, lease, Optional.of(agreement(would, did)), madeToo);
    } catch (RuntimeException | Error e) {
      failed(lease, e);
      return row(answer, lease, Optional.empty(), List.of());
    }
  }

  private void failed(ModelLease lease, Throwable failure) {
    String version = version(lease);
    Counter.builder("medcue.shadows.failed")
        .description("Answers that a version on trial could not score")
        .tag("version", version)
        .register(meters)
        .increment();
    // Said once until it scores again; the message of a failure may quote the chart
    LOG.logf(
        failing.add(version) ? Logger.Level.WARN : Logger.Level.DEBUG,
        "%s failed on trial: %s",
        version,
        failure.getClass().getName());
  }

  private static String version(ModelLease lease) {
    return lease.model().name() + "/" + lease.model().version();
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
