package org.medcue.tenant;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.medcue.platform.Database;
import org.medcue.platform.UnavailableException;

/**
 * The tenants as calls need them, read from the database at most every two seconds: a change
 * reaches every replica within that time. Blocks: not for an event loop.
 */
@ApplicationScoped
public class TenantDirectory {

  /** How long a replica may not know of a change. */
  public static final Duration LONGEST_LAG = Duration.ofSeconds(2);

  private record Snapshot(Instant at, Map<String, Tenant> byIssuer, Set<String> origins) {}

  private final TenantRepository repository;
  private final ObjectMapper json;
  private final Clock clock;
  private volatile @Nullable Snapshot known;

  TenantDirectory(TenantRepository repository, ObjectMapper json, Clock clock) {
    this.repository = repository;
    this.json = json;
    this.clock = clock;
  }

  /**
   * The tenant whose tokens have that {@code iss}, enabled or not.
   *
   * @throws UnavailableException if the database does not answer
   */
  public Optional<Tenant> ofIssuer(String issuer) {
    return Optional.ofNullable(current().byIssuer().get(issuer));
  }

  /** The origins of all enabled tenants. */
  public Set<String> origins() {
    return current().origins();
  }

  /** Reads anew at the next call. */
  void forget() {
    known = null;
  }

  private Snapshot current() {
    Snapshot snapshot = known;
    Instant now = clock.instant();
    if (snapshot == null || !now.isBefore(snapshot.at().plus(LONGEST_LAG))) {
      snapshot = read(now);
      known = snapshot;
    }
    return snapshot;
  }

  private Snapshot read(Instant now) {
    List<Tenant> all =
        Database.inTransaction(
            "the tenants",
            () -> repository.listAll().stream().map(r -> TenantService.tenant(r, json)).toList());
    return new Snapshot(
        now,
        all.stream().collect(Collectors.toMap(t -> t.settings().issuer(), t -> t)),
        all.stream()
            .filter(tenant -> tenant.settings().enabled())
            .flatMap(tenant -> tenant.settings().origins().stream())
            .collect(Collectors.toUnmodifiableSet()));
  }
}
