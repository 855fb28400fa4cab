package org.medcue.cdshooks.trust;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.medcue.tenant.ClientKeys;
import org.medcue.tenant.Tenant;

/**
 * The keys of tenants. Those behind a URL are kept: ten minutes, or until a token names one that is
 * not among them, and are read at most once a minute. While they cannot be read the last ones count
 * for an hour. URLs come from the lists of admins alone, so their number is bounded.
 */
@ApplicationScoped
class KeySets {

  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final Duration BETWEEN_READS = Duration.ofMinutes(1);
  private static final Duration USABLE = Duration.ofHours(1);
  private static final ClientKeys NONE = ClientKeys.read("{\"keys\":[]}");

  private record Configured(int version, ClientKeys keys) {}

  private final Map<String, Configured> configured = new ConcurrentHashMap<>();
  private final Map<String, Remote> remote = new ConcurrentHashMap<>();
  private final Function<String, Optional<String>> reader;
  private final Clock clock;

  @Inject
  KeySets(Clock clock) {
    this(new KeySetReader()::read, clock);
  }

  /**
   * @param reader gives what is at a URL, or nothing
   */
  KeySets(Function<String, Optional<String>> reader, Clock clock) {
    this.reader = reader;
    this.clock = clock;
  }

  /** The key set that an admin gave. */
  ClientKeys configured(Tenant tenant) {
    Configured known = configured.get(tenant.id());
    if (known == null || known.version() != tenant.version()) {
      String json = tenant.settings().keySet().map(Object::toString).orElse("");
      known = new Configured(tenant.version(), ClientKeys.read(json));
      configured.put(tenant.id(), known);
    }
    return known.keys();
  }

  /**
   * The keys at a URL that an admin listed; none where they cannot be read.
   *
   * @param kid the key sought
   */
  ClientKeys at(String jku, String kid) {
    return remote.computeIfAbsent(jku, url -> new Remote()).keys(jku, kid);
  }

  private final class Remote {

    private final ReentrantLock reading = new ReentrantLock();
    private volatile ClientKeys keys = NONE;
    private volatile Instant readAt = Instant.EPOCH;
    private volatile Instant triedAt = Instant.EPOCH;

    ClientKeys keys(String jku, String kid) {
      if (mustRead(kid)) {
        reading.lock();
        try {
          if (mustRead(kid)) {
            read(jku);
          }
        } finally {
          reading.unlock();
        }
      }
      return isYounger(readAt, USABLE) ? keys : NONE;
    }

    private boolean mustRead(String kid) {
      boolean known = isYounger(readAt, FRESH) && keys.has(kid);
      return !known && !isYounger(triedAt, BETWEEN_READS);
    }

    private void read(String jku) {
      triedAt = clock.instant();
      ClientKeys read = reader.apply(jku).map(ClientKeys::read).orElse(NONE);
      if (!read.isEmpty()) {
        keys = read;
        readAt = triedAt;
      }
    }

    private boolean isYounger(Instant since, Duration age) {
      return clock.instant().isBefore(since.plus(age));
    }
  }
}
