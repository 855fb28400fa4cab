package org.medcue.registry;

import static org.medcue.registry.Outcome.refused;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.medcue.platform.RequestRefusedException;
import org.medcue.platform.UnavailableException;
import org.medcue.registry.Outcome.Done;
import org.medcue.registry.Outcome.Refusal;

/**
 * Takes archives in: unpacked beside the registry, and put into their places when they are
 * recorded. Of what is refused nothing is left.
 */
@ApplicationScoped
class Intake {

  private static final Logger LOG = Logger.getLogger(Intake.class);

  /** No model's name begins with a dot. */
  private static final String INCOMING = ".incoming";

  /** So many may lie there at once, each as large as may be. */
  private static final int MOST_ARRIVING = 4;

  private final Semaphore arriving = new Semaphore(MOST_ARRIVING);

  /** One at a time is loaded and tried out; who sends slowly does not hold it. */
  private final Semaphore place = new Semaphore(1);

  private final Path root;
  private final long most;

  Intake(RegistryConfig config) {
    this.root = config.path();
    this.most = config.maxUpload().asLongValue();
  }

  /** What is done with an archive that was unpacked. */
  @FunctionalInterface
  interface Work<T> {
    T with(Path folder) throws IOException;
  }

  /**
   * A folder and where it belongs.
   *
   * @param name of the version, for people
   * @param digest of its content
   * @param folder where it is now
   * @param target where it belongs
   */
  record Arrival(String name, String digest, Path folder, Path target) {}

  /** What is recorded of what arrives. */
  interface Register {

    /** The digest that is recorded under its name. */
    Optional<String> recorded();

    /** The digest of what lies at a place. */
    String digestAt(Path folder);

    /** Records it; it lies in its place then. */
    Outcome record();
  }

  /**
   * Unpacks an archive for as long as some work takes.
   *
   * @param archive zip
   * @throws RequestRefusedException 400 or 413 if it is no such archive, 503 if too many others are
   *     arriving, or the one before takes more than a minute
   */
  <T> T unpacked(InputStream archive, Work<T> work) {
    if (!arriving.tryAcquire()) {
      throw busy();
    }
    try {
      Path incoming = root.resolve(INCOMING).resolve(UUID.randomUUID().toString());
      try {
        Files.createDirectories(incoming);
        VersionArchive.unpack(archive, incoming, most);
        return inPlace(incoming, work);
      } catch (IOException e) {
        throw new UnavailableException("the folder of the model registry", e);
      } finally {
        delete(incoming);
      }
    } finally {
      arriving.release();
    }
  }

  private <T> T inPlace(Path incoming, Work<T> work) throws IOException {
    try {
      if (!place.tryAcquire(1, TimeUnit.MINUTES)) {
        throw busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("the place where versions are checked", e);
    }
    try {
      return work.with(incoming);
    } finally {
      place.release();
    }
  }

  private static RequestRefusedException busy() {
    return new RequestRefusedException(
        503, "archive", "other versions are being taken in: send this one in a minute");
  }

  /**
   * Puts a folder into its place and records it. Where the very same lies there already, because it
   * came with the image or was made here, that one is recorded. The very same that is recorded is
   * no refusal: its folder is put where it is missing.
   */
  static Outcome put(Arrival arrival, Register register) throws IOException {
    Optional<String> recorded = register.recorded();
    if (recorded.isPresent() && !recorded.get().equals(arrival.digest())) {
      return exists(arrival);
    }
    boolean moved = !Files.exists(arrival.target());
    if (moved) {
      Files.createDirectories(arrival.target().getParent());
      Files.move(arrival.folder(), arrival.target(), StandardCopyOption.ATOMIC_MOVE);
    } else if (!register.digestAt(arrival.target()).equals(arrival.digest())) {
      return exists(arrival);
    }
    if (recorded.isPresent()) {
      return new Done(0);
    }
    boolean known = false;
    try {
      Outcome outcome = register.record();
      // Another replica may have been first
      known = outcome instanceof Done || isRecorded(arrival, register);
      return known ? done(outcome) : outcome;
    } catch (RuntimeException | Error e) {
      // A commit whose answer was lost is a commit; where nobody can say, the folder stays
      known = isRecordedOrUnknown(arrival, register);
      throw e;
    } finally {
      if (moved && !known) {
        delete(arrival.target());
      }
    }
  }

  private static Outcome done(Outcome outcome) {
    return outcome instanceof Done ? outcome : new Done(0);
  }

  private static boolean isRecorded(Arrival arrival, Register register) {
    return register.recorded().filter(arrival.digest()::equals).isPresent();
  }

  private static boolean isRecordedOrUnknown(Arrival arrival, Register register) {
    try {
      return isRecorded(arrival, register);
    } catch (RuntimeException e) {
      LOG.warnf(
          "%s stays, registered or not: the database does not say; send %s again",
          arrival.target(), arrival.name());
      return true;
    }
  }

  private static Outcome exists(Arrival arrival) {
    return refused(
        Refusal.VERSION_EXISTS,
        arrival.name() + " is there with other files; give a new version a new number");
  }

  /** What a replica that was killed left behind; another one may be unpacking right now. */
  void start(@Observes StartupEvent start) {
    Path incoming = root.resolve(INCOMING);
    if (!Files.isDirectory(incoming)) {
      return;
    }
    try (var leftovers = Files.list(incoming)) {
      for (Path leftover : leftovers.filter(Intake::isOld).toList()) {
        delete(leftover);
      }
    } catch (IOException e) {
      LOG.warnf("Leftovers in %s stay: %s", incoming, e.getClass().getName());
    }
  }

  private static boolean isOld(Path folder) {
    try {
      long age = System.currentTimeMillis() - Files.getLastModifiedTime(folder).toMillis();
      return age > Duration.ofHours(1).toMillis();
    } catch (IOException e) {
      return false;
    }
  }

  /** What cannot be deleted stays until a replica starts. */
  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure)
                throws IOException {
              Files.delete(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      LOG.warnf("%s stays: %s", folder, e.getClass().getName());
    }
  }
}
