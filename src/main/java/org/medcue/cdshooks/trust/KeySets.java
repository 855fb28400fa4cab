package org.medcue.cdshooks.trust;

import io.quarkus.runtime.LaunchMode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.medcue.tenant.ClientKeys;
import org.medcue.tenant.FhirServer;
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

  private record Place(String jku, boolean privateAddresses) {}

  private final Map<Place, Remote> remote = new ConcurrentHashMap<>();
  private final Reader reader;
  private final boolean privateAddresses;
  private final Clock clock;

  /** Gives what is at a URL, or nothing. */
  interface Reader {
    /**
     * @param privateAddresses whether the URL's host may have an address inside a network
     */
    Optional<String> read(String url, boolean privateAddresses);
  }

  @Inject
  KeySets(KeySetReader reader, Clock clock) {
    this(reader::read, LaunchMode.current() != LaunchMode.NORMAL, clock);
  }

  /**
   * @param privateAddresses whether any tenant's keys may lie inside a network
   */
  KeySets(Reader reader, boolean privateAddresses, Clock clock) {
    this.reader = reader;
    this.privateAddresses = privateAddresses;
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
   * The keys at a URL that an admin listed; none where they cannot be read. It may lie inside a
   * network where one of the tenant's FHIR servers may.
   *
   * @param kid the key sought
   */
  ClientKeys at(Tenant tenant, String jku, String kid) {
    boolean inside =
        privateAddresses
            || tenant.settings().fhirServers().stream().anyMatch(FhirServer::privateAddresses);
    return remote.computeIfAbsent(new Place(jku, inside), Remote::new).keys(kid);
  }

  private final class Remote {

    private final Place place;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile ClientKeys keys = NONE;
    private volatile Instant readAt = Instant.EPOCH;
    private volatile Instant triedAt = Instant.EPOCH;

    Remote(Place place) {
      this.place = place;
    }

    ClientKeys keys(String kid) {
      if (mustRead(kid)) {
        reading.lock();
        try {
          if (mustRead(kid)) {
            read();
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

    private void read() {
      triedAt = clock.instant();
      reader
          .read(place.jku(), place.privateAddresses())
          .map(ClientKeys::read)
          .filter(ClientKeys::isKeySet)
          .ifPresent(
              read -> {
                keys = read;
                readAt = triedAt;
              });
    }

    private boolean isYounger(Instant since, Duration age) {
      return clock.instant().isBefore(since.plus(age));
    }
  }
}
