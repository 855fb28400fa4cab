package org.medcue.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.medcue.harness.KeycloakResource;
import org.medcue.harness.LogRecorder;
import org.medcue.harness.PostgresResource;
import org.medcue.knowledge.KnowledgeLibrary;
import org.medcue.registry.Assignments;
import org.medcue.registry.RegistryConfig;

/** Replicas on one database, of a model that no other test knows. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KeycloakResource.class)
@Timeout(60)
class FollowedAssignmentsTest {

  private static final String SERVICE = "followed-service";
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Duration SOON = Duration.ofMillis(200);

  @Inject Assignments assignments;
  @Inject AgroalDataSource database;

  private final String model = "followed-" + UUID.randomUUID().toString().substring(0, 8);
  private final List<ModelServer> replicas = new ArrayList<>();

  @BeforeEach
  void register() throws SQLException {
    sql("insert into model (name, revision) values ('" + model + "', 1)");
    insert("1", "ACTIVE");
    insert("2", "RETIRED");
    insert("3", "EVALUATED");
  }

  @AfterEach
  void forget() throws SQLException {
    replicas.forEach(ModelServer::close);
    sql("delete from model_version where model = '" + model + "'");
    sql("delete from model where name = '" + model + "'");
  }

  private void insert(String version, String state) throws SQLException {
    sql(
        "insert into model_version (model, version, state, digest, registered_at, changed_at)"
            + " values ('%s', '%s', '%s', 'digest of %s', now(), now())"
                .formatted(model, version, state, version));
  }

  private static void sql(String... statements) throws SQLException {
    try (Connection owner = PostgresResource.asOwner();
        Statement sql = owner.createStatement()) {
      owner.setAutoCommit(false);
      for (String statement : statements) {
        sql.execute(statement);
      }
      owner.commit();
    }
  }

  /** As the registry does: one transaction, with its notice. */
  private void promote(String version) throws SQLException {
    sql(
        "update model_version set state = 'RETIRED' where state = 'ACTIVE' and model = '"
            + model
            + "'",
        "update model_version set state = 'ACTIVE' where model = '%s' and version = '%s'"
            .formatted(model, version),
        "notify " + Assignments.CHANNEL + ", '" + model + "'");
  }

  private ModelServer replica(Versions versions, boolean listen, Duration poll) {
    ModelServer replica =
        new ModelServer(
            Map.of(SERVICE, model + "/1", "switched-off", RegistryConfig.NONE),
            assignments,
            versions,
            KnowledgeLibrary.unregistered(Path.of("model-registry")),
            new ServingMetrics(new SimpleMeterRegistry()),
            poll,
            listen ? Optional.of(new OwnConnection(database, poll)) : Optional.empty());
    replica.start(new StartupEvent());
    replicas.add(replica);
    return replica;
  }

  private static String answering(ModelServer replica) {
    return replica.status(SERVICE).answers().orElseThrow();
  }

  private void untilAllAnswerWith(String version) {
    until(() -> replicas.stream().allMatch(one -> answering(one).equals(model + "/" + version)));
  }

  private static void until(BooleanSupplier holds) {
    while (!holds.getAsBoolean()) {
      assertThat(Thread.interrupted()).as("timed out").isFalse();
      Thread.onSpinWait();
    }
  }

  /** The interval is so long that nothing but the notice can be why. */
  @Test
  void everyReplicaSwapsWhenItIsNotified() throws SQLException {
    replica(new Versions(model), true, NEVER);
    replica(new Versions(model), true, NEVER);
    untilListening(2);

    promote("2");
    untilAllAnswerWith("2");
    promote("1");

    untilAllAnswerWith("1");
  }

  @Test
  void withoutListeningEveryReplicaSwapsByThePoll() throws SQLException {
    replica(new Versions(model), false, SOON);
    replica(new Versions(model), false, SOON);

    promote("2");

    untilAllAnswerWith("2");
  }

  @Test
  void lostConnectionIsOpenedAgainAndFindsWhatWasMissed() throws SQLException {
    replica(new Versions(model), true, NEVER);
    untilListening(1);

    sql(
        "update model_version set state = 'RETIRED' where state = 'ACTIVE' and model = '"
            + model
            + "'",
        "update model_version set state = 'ACTIVE' where version = '2' and model = '" + model + "'",
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name ="
            + " 'medcue-assignments'");

    untilAllAnswerWith("2");
    untilListening(1);
    promote("1");
    untilAllAnswerWith("1");
  }

  private static void untilListening(int replicas) {
    until(
        () -> {
          try (Connection owner = PostgresResource.asOwner();
              Statement sql = owner.createStatement();
              var rows =
                  sql.executeQuery(
                      "select count(*) from pg_stat_activity where application_name ="
                          + " 'medcue-assignments' and state = 'idle' and query like 'listen%'")) {
            rows.next();
            return rows.getInt(1) >= replicas;
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void versionThatCannotBeLoadedLeavesTheOldOneAndSaysSoOnce() throws SQLException {
    Versions versions = new Versions(model);
    versions.broken.add("2");
    ModelServer replica = replica(versions, false, SOON);
    try (LogRecorder log = LogRecorder.open()) {
      promote("2");
      until(() -> versions.loads.stream().filter("2"::equals).count() >= 3);

      ServiceModels status = replica.status(SERVICE);
      assertThat(status.answers()).contains(model + "/1");
      assertThat(status.assigned()).contains(model + "/2");
      assertThat(status.problem().orElseThrow()).contains(model + "/2", "cannot be loaded");
      assertThat(log.lines()).filteredOn(line -> line.contains("were changed")).hasSize(1);
      assertThat(versions.open()).containsExactly("1");

      versions.broken.clear();
      untilAllAnswerWith("2");
      until(() -> replica.status(SERVICE).problem().isEmpty());
    }
  }

  @Test
  void whereNothingCanBeLoadedAtTheStartARollbackMendsIt() throws SQLException {
    Versions versions = new Versions(model);
    versions.broken.add("1");

    ModelServer replica = replica(versions, false, SOON);

    assertThat(replica.has(SERVICE)).isFalse();
    assertThat(replica.status(SERVICE).assigned()).contains(model + "/1");
    assertThat(replica.status(SERVICE).problem().orElseThrow()).contains(model + "/1");
    promote("2");
    until(() -> replica.has(SERVICE));
    untilAllAnswerWith("2");
  }

  @Test
  void shadowThatCannotBeLoadedDoesNotRefuseTheStart() throws SQLException {
    sql(
        "update model_version set state = 'SHADOW', shadow = true where version = '3' and model = '"
            + model
            + "'");
    Versions versions = new Versions(model);
    versions.broken.add("3");

    ModelServer replica = replica(versions, false, NEVER);

    assertThat(replica.has(SERVICE)).isTrue();
    assertThat(replica.has("switched-off")).isFalse();
    assertThat(replica.status(SERVICE).problem().orElseThrow()).contains(model + "/3");
  }

  @Test
  void leaseKeepsTheVersionThatTheRequestBeganWith() throws SQLException {
    Versions versions = new Versions(model);
    ModelServer replica = replica(versions, false, SOON);
    try (ModelLease lease = replica.lease(SERVICE, "local", "p-1")) {
      promote("2");
      untilAllAnswerWith("2");

      assertThat(lease.model().version()).isEqualTo("1");
      assertThat(lease.predict(GatedPredictor.patient("7")).ranked()).hasSize(1);
      assertThat(versions.open()).containsExactlyInAnyOrder("1", "2");
    }
    assertThat(versions.open()).containsExactly("2");
  }
}
