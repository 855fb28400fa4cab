package org.medcue.cdshooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.medcue.fhir.AllowedFhirServer;
import org.medcue.fhir.FhirServerClient;
import org.medcue.harness.FhirListener;
import org.medcue.harness.HookRequests;
import org.medcue.platform.RequestRefusedException;
import org.medcue.recommendation.RecommendationServices;
import org.medcue.tenant.Tenant;

/** When nothing is asked at all; what is asked is tried over HTTP. */
class PrefetchFetcherTest {

  private static final Duration BUDGET = Duration.ofSeconds(30);

  private final FhirListener ehr = new FhirListener();
  private final FhirServerClient client = new FhirServerClient();
  private final ParallelFetch parallel = new ParallelFetch(client);

  @AfterEach
  void close() {
    parallel.stop();
    client.close();
    ehr.close();
  }

  private record Calls(int calls, double failureRatio, Duration delay)
      implements FetchConfig.Breaker {}

  private record WithBreaker(Duration reserve, int medications, Breaker breaker)
      implements FetchConfig {}

  private PrefetchFetcher fetcher(Duration reserve) {
    FetchConfig config = new WithBreaker(reserve, 20, new Calls(10, 0.5, Duration.ofSeconds(10)));
    return new PrefetchFetcher(
        new ServiceCatalog(id -> true),
        tenant -> List.of(new AllowedFhirServer(ehr.base(), true)),
        parallel,
        new FetchBreakers(config),
        config,
        BUDGET);
  }

  private CompletedPrefetch complete(ObjectNode json, CallTimes times) {
    return fetcher(Duration.ofSeconds(1))
        .complete(
            Tenant.local(),
            RecommendationServices.MEDICATIONS_FROM_VISITS,
            OrderSelectReader.read(json, "order-select"),
            times);
  }

  private ObjectNode withServer(ObjectNode request) {
    request.put("fhirServer", ehr.base());
    request
        .putObject("fhirAuthorization")
        .put("access_token", "top-secret")
        .put("token_type", "Bearer")
        .put("expires_in", 300)
        .put("scope", "patient/*.read")
        .put("subject", "medcue");
    return request;
  }

  @Test
  void callWithAllKeysStaysAsItIs() {
    CompletedPrefetch complete =
        complete(withServer(HookRequests.minimal()), CallTimes.begun(System.nanoTime()));

    assertThat(complete.fetched()).isEmpty();
    assertThat(complete.request().prefetch()).hasSize(5);
    assertThat(ehr.requests()).isEmpty();
  }

  @Test
  void callThatIsPastItsBudgetAsksNothing() {
    ObjectNode request = withServer(HookRequests.minimal());
    HookRequests.prefetch(request).remove("patient");

    CompletedPrefetch late =
        complete(request, new CallTimes(System.nanoTime(), System.nanoTime() - BUDGET.toNanos()));

    assertThat(late.lackOfPatient().map(RequestRefusedException::getMessage).orElse(""))
        .contains("neither sent nor fetched: reading this call took so long");
    assertThat(ehr.requests()).isEmpty();
  }

  @Test
  void budgetThatLeavesNothingToFetchWithIsNoticedAtStart() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fetcher(BUDGET))
        .withMessageContaining("medcue.cds-hooks.budget");
  }

  @Test
  void tokenAndServerAreNotPrintedWithTheRequest() {
    OrderSelectRequest request =
        OrderSelectReader.read(withServer(HookRequests.minimal()), "order-select");

    assertThat(request.fhirAccess()).isPresent();
    assertThat(request.toString()).doesNotContain("top-secret", ehr.base());
  }
}
