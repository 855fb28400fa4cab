package org.medcue.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.MemorySize;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medcue.platform.RequestRefusedException;
import org.medcue.platform.UnavailableException;
import org.medcue.registry.Intake.Arrival;
import org.medcue.registry.Outcome.Done;
import org.medcue.registry.Outcome.Refusal;
import org.medcue.registry.Outcome.Refused;

class IntakeTest {

  private static final String DIGEST = "d1";
  private static final Refused TAKEN = new Refused(Refusal.VERSION_EXISTS, "is registered");

  private final Path root;
  private final Path target;
  private final Path folder;
  private final Arrival arrival;

  /** What the database says has been registered, and what it says when it is asked to. */
  private Optional<String> row = Optional.empty();

  private Supplier<Outcome> recording = () -> new Done(1);

  IntakeTest(@TempDir Path root) {
    this.root = root;
    this.target = root.resolve("mrkpa/2.2.0");
    this.folder = root.resolve("arrived");
    this.arrival = new Arrival("mrkpa/2.2.0", DIGEST, folder, target);
  }

  @BeforeEach
  void arrive() throws IOException {
    Files.writeString(Files.createDirectory(folder).resolve("manifest.json"), DIGEST);
  }

  private Outcome put() throws IOException {
    return Intake.put(
        arrival,
        new Intake.Register() {
          @Override
          public Optional<String> recorded() {
            return row;
          }

          @Override
          public String digestAt(Path place) {
            try {
              return Files.readString(place.resolve("manifest.json"));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }

          @Override
          public Outcome record() {
            return recording.get();
          }
        });
  }

  @Test
  void whatIsRecordedIsInItsPlace() throws IOException {
    assertThat(put()).isEqualTo(new Done(1));

    assertThat(target.resolve("manifest.json")).hasContent(DIGEST);
    assertThat(folder).doesNotExist();
  }

  @Test
  void whatIsRefusedDoesNotStay() throws IOException {
    recording = () -> TAKEN;

    assertThat(put()).isEqualTo(TAKEN);

    assertThat(target).doesNotExist();
  }

  @Test
  void sameVersionThatAnotherReplicaRegisteredMeanwhileIsKept() throws IOException {
    recording =
        () -> {
          row = Optional.of(DIGEST);
          return TAKEN;
        };

    assertThat(put()).isInstanceOf(Done.class);

    assertThat(target).isDirectory();
  }

  @Test
  void otherVersionThatAnotherReplicaRegisteredMeanwhileIsNotReplaced() throws IOException {
    recording =
        () -> {
          row = Optional.of("d2");
          return TAKEN;
        };

    assertThat(put()).isEqualTo(TAKEN);

    assertThat(target).doesNotExist();
  }

  @Test
  void commitWhoseAnswerWasLostKeepsItsFiles() {
    recording =
        () -> {
          row = Optional.of(DIGEST);
          throw new UnavailableException("the registry", new IOException("connection reset"));
        };

    assertThatThrownBy(this::put).isInstanceOf(UnavailableException.class);

    assertThat(target).isDirectory();
  }

  @Test
  void failureBeforeTheCommitLeavesNothing() {
    recording =
        () -> {
          throw new UnavailableException("the registry", new IOException("no connection"));
        };

    assertThatThrownBy(this::put).isInstanceOf(UnavailableException.class);

    assertThat(target).doesNotExist();
  }

  @Test
  void versionThatIsRegisteredComesBackWhereItsFolderIsMissing() throws IOException {
    row = Optional.of(DIGEST);
    recording = () -> TAKEN;

    assertThat(put()).isInstanceOf(Done.class);

    assertThat(target.resolve("manifest.json")).hasContent(DIGEST);
  }

  @Test
  void versionThatIsRegisteredWithOtherFilesIsNotTouched() throws IOException {
    row = Optional.of("d2");

    assertThat(put()).isInstanceOf(Refused.class);

    assertThat(target).doesNotExist();
  }

  private Intake intake() {
    return new Intake(
        new RegistryConfig() {
          @Override
          public Path path() {
            return root;
          }

          @Override
          public Map<String, String> initial() {
            return Map.of();
          }

          @Override
          public Map<String, String> figure() {
            return Map.of();
          }

          @Override
          public double margin() {
            return 0;
          }

          @Override
          public MemorySize maxUpload() {
            return new MemorySize(BigInteger.valueOf(10_000));
          }
        });
  }

  private static InputStream archive() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("manifest.json"));
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  @Test
  void slowUploadsHoldUpNobodyUntilThereAreFour()
      throws IOException, InterruptedException, ExecutionException {
    Intake intake = intake();
    ExecutorService clients = Executors.newCachedThreadPool();
    List<PipedOutputStream> sending = new ArrayList<>();
    List<Future<String>> stalled = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        assertThat(intake.<String>unpacked(archive(), there -> "taken")).isEqualTo("taken");
        PipedOutputStream slow = new PipedOutputStream();
        PipedInputStream received = new PipedInputStream(slow);
        sending.add(slow);
        stalled.add(clients.submit(() -> intake.unpacked(received, there -> "taken")));
        while (arriving() <= i) {
          Thread.onSpinWait();
        }
      }

      assertThatThrownBy(() -> intake.unpacked(archive(), there -> "taken"))
          .isInstanceOf(RequestRefusedException.class)
          .extracting("status")
          .isEqualTo(503);
    } finally {
      for (PipedOutputStream slow : sending) {
        slow.close();
      }
      clients.shutdown();
    }
    for (Future<String> ended : stalled) {
      assertThatThrownBy(ended::get).hasCauseInstanceOf(RequestRefusedException.class);
    }
    assertThat(intake.<String>unpacked(archive(), there -> "taken")).isEqualTo("taken");
    assertThat(arriving()).isZero();
  }

  private int arriving() throws IOException {
    Path incoming = root.resolve(".incoming");
    if (!Files.isDirectory(incoming)) {
      return 0;
    }
    try (Stream<Path> folders = Files.list(incoming)) {
      return (int) folders.count();
    }
  }

  @Test
  void workThatFailsGivesThePlaceBack() throws IOException {
    Intake intake = intake();
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(
              () ->
                  intake.unpacked(
                      archive(),
                      there -> {
                        throw new StackOverflowError();
                      }))
          .isInstanceOf(StackOverflowError.class);
    }

    assertThat(intake.<String>unpacked(archive(), there -> "taken")).isEqualTo("taken");
  }
}
