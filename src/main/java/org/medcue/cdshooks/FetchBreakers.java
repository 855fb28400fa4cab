package org.medcue.cdshooks;

import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.Guard;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;

/**
 * One circuit breaker for each tenant around all that a call fetches. A server that does not answer
 * is left alone for a while, and the doctors of that tenant no longer wait for it.
 */
@ApplicationScoped
class FetchBreakers {

  private static final Logger LOG = Logger.getLogger(FetchBreakers.class);

  private final FetchConfig.Breaker config;
  private final Map<String, Guard> guards = new ConcurrentHashMap<>();

  FetchBreakers(FetchConfig config) {
    this.config = config.breaker();
  }

  /** The name of a tenant's breaker in metrics and maintenance. */
  static String name(String tenant) {
    return "fhir-server-" + tenant;
  }

  /** What was fetched; empty where the tenant's server is left alone. */
  Optional<Fetched> call(String tenant, Supplier<Fetched> fetch) {
    try {
      return Optional.of(
          guards
              .computeIfAbsent(tenant, this::guard)
              .get(() -> judged(fetch.get()), Fetched.class));
    } catch (ServerAtFault e) {
      return Optional.of(e.fetched);
    } catch (CircuitBreakerOpenException e) {
      return Optional.empty();
    }
  }

  private static Fetched judged(Fetched fetched) {
    if (fetched.serverAtFault()) {
      throw new ServerAtFault(fetched);
    }
    return fetched;
  }

  private Guard guard(String tenant) {
    return Guard.create()
        .withCircuitBreaker()
        .name(name(tenant))
        .requestVolumeThreshold(config.calls())
        .failureRatio(config.failureRatio())
        .delay(config.delay().toMillis(), ChronoUnit.MILLIS)
        .failOn(ServerAtFault.class)
        .onStateChange(state -> report(tenant, state))
        .done()
        .build();
  }

  private void report(String tenant, CircuitBreakerState state) {
    if (state == CircuitBreakerState.OPEN) {
      LOG.warnf(
          "The FHIR server of tenant %s fails, it is not asked for %d ms",
          tenant, config.delay().toMillis());
    } else if (state == CircuitBreakerState.CLOSED) {
      LOG.infof("The FHIR server of tenant %s answers again", tenant);
    }
  }

  /** How a breaker is told of a failure; carries what was fetched all the same. */
  private static final class ServerAtFault extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Fetched fetched;

    ServerAtFault(Fetched fetched) {
      super("the FHIR server fails", null, false, false);
      this.fetched = fetched;
    }
  }
}
