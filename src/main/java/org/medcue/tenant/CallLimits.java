package org.medcue.tenant;

import io.github.bucket4j.BandwidthBuilder;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketExceptions;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.medcue.platform.UnavailableException;

/** How often a tenant may call, counted over all replicas in a token bucket of the database. */
@ApplicationScoped
public class CallLimits {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private final ProxyManager<String> buckets;

  CallLimits(DataSource database) {
    buckets =
        Bucket4jPostgreSQL.selectForUpdateBasedBuilder(database)
            .primaryKeyMapper(PrimaryKeyMapper.STRING)
            .table("tenant_bucket")
            .idColumn("id")
            .stateColumn("state")
            .requestTimeout(LONGEST_WAIT)
            .build();
  }

  /**
   * Counts a call.
   *
   * @return how long the tenant should wait, or nothing where the call may be answered
   * @throws UnavailableException if the database does not answer
   */
  public Optional<Duration> count(Tenant tenant) {
    try {
      ConsumptionProbe probe =
          buckets
              .builder()
              .withImplicitConfigurationReplacement(
                  tenant.version(), TokensInheritanceStrategy.ADDITIVE)
              .build(tenant.id(), () -> configuration(tenant.settings()))
              .tryConsumeAndReturnRemaining(1);
      return probe.isConsumed()
          ? Optional.empty()
          : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    } catch (BucketExceptions.BucketExecutionException e) {
      throw new UnavailableException("the call limits", e);
    }
  }

  private static BucketConfiguration configuration(TenantSettings settings) {
    return BucketConfiguration.builder()
        .addLimit(
            BandwidthBuilder.builder()
                .capacity(settings.burst())
                .refillGreedy(settings.requestsPerMinute(), Duration.ofMinutes(1))
                .build())
        .build();
  }
}
