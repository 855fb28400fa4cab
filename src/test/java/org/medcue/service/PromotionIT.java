package org.medcue.service;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medcue.audit.ChainCheck;
import org.medcue.harness.Admins;
import org.medcue.harness.EhrTokens;
import org.medcue.harness.HookLoad;
import org.medcue.harness.HookLoad.Call;
import org.medcue.harness.HookRequests;
import org.medcue.harness.ModelTables;
import org.medcue.harness.ModelTables.Change;
import org.medcue.harness.PostgresResource;
import org.medcue.harness.Replicas;
import org.medcue.harness.ServiceProcess;
import org.medcue.harness.Swaps;
import org.medcue.harness.TestVersions;
import org.medcue.harness.TrailCheck;

/**
 * Versions of the bundled model of visits take each other's place in the package as it is
 * delivered: two replicas on one PostgreSQL, and two admins who sign in at a Keycloak.
 */
class PromotionIT {

  /** Kept for {@link WholeLogIT}. */
  static final List<Path> LOGS =
      List.of(
          Path.of("target", "promotion-one.log"),
          Path.of("target", "promotion-two.log"),
          Path.of("target", "promotion-deaf.log"));

  private static final String BUNDLED = "2.1.0";
  private static final String FURTHER = "9.0.0";

  private static final int CALLS_A_SECOND = 30;
  private static final int PROMOTIONS = 10;
  private static final Duration LOADED =
      Duration.ofSeconds(Integer.getInteger("medcue.promotion.seconds", 20));

  private static final Duration TOLD_WITHIN = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofSeconds(10);

  /** What a poll has found is loaded and warmed before it answers. */
  private static final Duration LOADING = Duration.ofSeconds(2);

  private static final int KILLS = 10;

  /** Kills come until a promotion was answered, and for half as long again while it spreads. */
  private static final double BEYOND_THE_ANSWER = 1.5;

  private static final String BASE = "https://medcue.example";
  private static final String ISSUER = "https://ehr.example";
  private static final PublicJsonWebKey KEY = EhrTokens.curve("key", "P-384");

  private static final List<ServiceProcess> BOTH = new ArrayList<>();
  private static @Nullable Replicas replicas;

  @BeforeAll
  static void startBoth(@TempDir Path folder) throws Exception {
    Replicas started = new Replicas();
    replicas = started;
    for (Path log : LOGS.subList(0, 2)) {
      // So rarely that it is not the poll that brings a version in time
      BOTH.add(started.start(log, Map.of("medcue.serving.poll", "60s")));
    }
    Admins admins = new Admins(BOTH.get(0));
    admins.admit(ISSUER, EhrTokens.keySet(KEY), BASE);
    admins.add(TestVersions.zip(TestVersions.folder(folder, FURTHER, TestVersions::asItIs)));
  }

  @AfterAll
  static void end() {
    BOTH.forEach(ServiceProcess::close);
    if (replicas != null) {
      replicas.close();
    }
  }

  private static Replicas replicas() {
    return Objects.requireNonNull(replicas);
  }

  private static String otherThan(String version) {
    return version.equals(BUNDLED) ? FURTHER : BUNDLED;
  }

  private static Duration bothReach(String version) throws InterruptedException {
    Map<ServiceProcess, Duration> reached = Replicas.reached(version, TOLD_WITHIN, BOTH);
    assertThat(reached).as("replicas on " + version).containsOnlyKeys(BOTH);
    return reached.values().stream().max(Duration::compareTo).orElseThrow();
  }

  /** Figures for whoever runs this. */
  private static void report(String figures, Object... values) {
    System.out.println("PromotionIT: " + figures.formatted(values));
  }

  @Test
  void promotionsAndRollbacksUnderLoadFailNoCallAndEachCitesAVersionOfItsTime() throws Exception {
    HookLoad load = new HookLoad(BOTH, path -> EhrTokens.token(ISSUER, BASE + path, KEY));
    // What was started just now is slow at first, whatever the version
    load.warmUp();
    load.start(CALLS_A_SECOND);
    List<Duration> swaps = promoteAndRollBack();
    List<Call> calls = load.end();

    assertThat(calls)
        .hasSizeGreaterThanOrEqualTo(CALLS_A_SECOND * Math.toIntExact(LOADED.toSeconds()))
        .filteredOn(call -> !call.answered())
        .isEmpty();
    Map<String, String> cited = ModelTables.cited();
    assertThat(cited).containsKeys(calls.stream().map(Call::hookInstance).toArray(String[]::new));
    Map<ServiceProcess, List<Swaps.Served>> served = served();
    assertThat(served.values()).allMatch(times -> times.size() > 2 * PROMOTIONS);
    for (Call call : calls) {
      String version = version(cited, call);
      assertThat(shown(call)).isNotEmpty().containsOnly("Medcue mrkpa " + version);
      assertThat(served.get(call.replica()))
          .as("%s, sent %s, ended %s", version, call.sent(), call.ended())
          .anyMatch(time -> time.explains(version, call.sent(), call.ended()));
    }
    report(
        "%d calls in %s s while versions changed %d times, by version %s; slowest answer %s;"
            + " both replicas swapped %s after the admin was answered at the latest",
        calls.size(),
        Duration.between(calls.get(0).sent(), calls.get(calls.size() - 1).sent()).toSeconds(),
        swaps.size(),
        calls.stream().collect(groupingBy(call -> version(cited, call), counting())),
        calls.stream().map(Call::took).max(Duration::compareTo).orElseThrow(),
        swaps.stream().max(Duration::compareTo).orElseThrow());
  }

  private static String version(Map<String, String> cited, Call call) {
    return Objects.requireNonNull(cited.get(call.hookInstance()));
  }

  /** Spread over the time of the load; returns how long each took to reach both replicas. */
  private static List<Duration> promoteAndRollBack() throws InterruptedException {
    Admins admins = new Admins(BOTH.get(0));
    String before = admins.active();
    String version = otherThan(before);
    long start = System.nanoTime();
    List<Duration> swaps = new ArrayList<>();
    while (swaps.size() < 2 * PROMOTIONS) {
      admins.promote(version);
      swaps.add(bothReach(version));
      sleepUntilDue(start, swaps.size());
      admins.rollback(version);
      swaps.add(bothReach(before));
      sleepUntilDue(start, swaps.size());
    }
    return swaps;
  }

  private static void sleepUntilDue(long start, int change) throws InterruptedException {
    Duration due = LOADED.multipliedBy(change).dividedBy(2 * PROMOTIONS);
    Thread.sleep(Math.max(0, due.minusNanos(System.nanoTime() - start).toMillis()));
  }

  private static Map<ServiceProcess, List<Swaps.Served>> served() throws Exception {
    List<Change> changes = ModelTables.changes();
    Map<ServiceProcess, List<Swaps.Served>> served = new LinkedHashMap<>();
    for (ServiceProcess replica : BOTH) {
      served.put(replica, Swaps.of(replica.log(), changes));
    }
    return served;
  }

  /** What made each card of an answer, as doctors read it. */
  private static List<String> shown(Call call) {
    List<String> labels = new ArrayList<>();
    for (JsonNode card : HookRequests.parse(call.outcome()).path("cards")) {
      labels.add(card.at("/source/label").asText());
    }
    return labels;
  }

  @Test
  void bothReplicasAreToldAndOneThatHearsNothingFindsOutByItsPoll() throws Exception {
    Map<String, String> deaf =
        Map.of("medcue.serving.listen", "false", "medcue.serving.poll", POLL.toSeconds() + "s");
    try (ServiceProcess third = replicas().start(LOGS.get(2), deaf)) {
      Admins admins = new Admins(BOTH.get(0));
      String version = otherThan(admins.active());
      List<ServiceProcess> all = new ArrayList<>(BOTH);
      all.add(third);

      admins.promote(version);
      Map<ServiceProcess, Duration> reached = Replicas.reached(version, POLL.plus(LOADING), all);

      assertThat(reached).containsOnlyKeys(all);
      reached.forEach(
          (replica, time) ->
              assertThat(time).isLessThan(replica == third ? POLL.plus(LOADING) : TOLD_WITHIN));
      report("a promotion reached the replicas after %s; the last one polls", reached.values());
    }
  }

  @Test
  void killedAtAnyPointOfAPromotionOneVersionIsActiveAndTheTrailTellsWhy() throws Exception {
    ServiceProcess killed = BOTH.get(0);
    Admins admins = new Admins(killed);
    Random random = new Random(6);
    double answeredAfter = promotionOfOneJustStarted(killed, admins).toMillis();
    String active = admins.active();
    String request = admins.ask(otherThan(active));
    List<String> ends = new ArrayList<>();
    for (int i = 0; i < KILLS; i++) {
      // Anywhere, and all over the promotion
      double share = (i + random.nextDouble()) / KILLS;
      Duration point = Duration.ofMillis(Math.round(answeredAfter * BEYOND_THE_ANSWER * share));
      boolean answered = killedAt(point, admins.approval(otherThan(active), request), killed);
      killed.start();

      boolean approved = "approved".equals(ModelTables.requests().get(request));
      assertThat(approved || !answered).as("what was answered is kept").isTrue();
      active = approved ? otherThan(active) : active;
      assertThatTrailExplains(active);
      assertThat(lastActivation().request().equals(request)).isEqualTo(approved);
      bothReach(active);
      ends.add(point.toMillis() + " ms " + (answered ? "answered" : approved ? "done" : "undone"));
      request = approved ? admins.ask(otherThan(active)) : request;
    }
    admins.approval(otherThan(active), request).send().then().statusCode(200);
    report("an approval took %.0f ms; killed after it was sent: %s", answeredAfter, ends);
  }

  /** How long an approval takes where everything is done for the first time, as after a kill. */
  private static Duration promotionOfOneJustStarted(ServiceProcess replica, Admins admins)
      throws Exception {
    replica.kill().waitFor();
    replica.start();
    String version = otherThan(admins.active());
    Admins.Approval approval = admins.approval(version, admins.ask(version));
    long start = System.nanoTime();
    approval.send().then().statusCode(200);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    bothReach(version);
    return took;
  }

  /** Whether the approval was answered before its replica was dead. */
  private static boolean killedAt(Duration point, Admins.Approval approval, ServiceProcess killed)
      throws InterruptedException {
    CompletableFuture<Optional<Integer>> status =
        CompletableFuture.supplyAsync(() -> Optional.of(approval.send().statusCode()))
            .exceptionally(connectionLost -> Optional.empty());
    Thread.sleep(point.toMillis());
    killed.kill().waitFor();
    assertThat(status.join().orElse(200)).isEqualTo(200);
    return status.join().isPresent();
  }

  private static void assertThatTrailExplains(String active) throws Exception {
    Map<String, String> states = ModelTables.states();
    assertThat(states).containsEntry(active, "active");
    assertThat(states.values()).containsOnlyOnce("active");
    assertThat(ModelTables.statesByTheTrail()).isEqualTo(states);
    assertThat(lastActivation().version()).isEqualTo(active);
    try (Connection owner = PostgresResource.asOwner()) {
      assertThat(TrailCheck.of(owner, replicas().head(LOGS.get(0))))
          .isInstanceOf(ChainCheck.Whole.class);
    }
  }

  private static Change lastActivation() throws Exception {
    return ModelTables.changes().stream()
        .filter(change -> change.to().equals("active"))
        .reduce((first, last) -> last)
        .orElseThrow();
  }
}
