package org.medcue.registry;

import static org.medcue.registry.Outcome.refused;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
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

  /** One at a time: each may be as large as may be. */
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

  /**
   * Unpacks an archive for as long as some work takes.
   *
   * @param archive zip
   * @throws RequestRefusedException 400 or 413 if it is no such archive, 503 if another one is
   *     being taken in
   */
  <T> T unpacked(InputStream archive, Work<T> work) {
    if (!place.tryAcquire()) {
      throw new RequestRefusedException(
          503, "archive", "another version is being taken in: send this one in a minute");
    }
    Path incoming = root.resolve(INCOMING).resolve(UUID.randomUUID().toString());
    try {
      Files.createDirectories(incoming);
      VersionArchive.unpack(archive, incoming, most);
      return work.with(incoming);
    } catch (IOException e) {
      throw new UnavailableException("the folder of the model registry", e);
    } finally {
      delete(incoming);
      place.release();
    }
  }

  /**
   * Puts a folder into its place and records it. Where the very same lies there already, because it
   * came with the image or was made here, that one is recorded.
   *
   * @param digestAt the digest of what lies at a place
   * @param record what is not recorded does not stay
   */
  static Outcome put(Arrival arrival, Function<Path, String> digestAt, Supplier<Outcome> record)
      throws IOException {
    boolean moved = !Files.exists(arrival.target());
    if (moved) {
      Files.createDirectories(arrival.target().getParent());
      Files.move(arrival.folder(), arrival.target(), StandardCopyOption.ATOMIC_MOVE);
    } else if (!digestAt.apply(arrival.target()).equals(arrival.digest())) {
      return refused(
          Refusal.VERSION_EXISTS,
          arrival.name() + " is there with other files; give a new version a new number");
    }
    boolean kept = false;
    try {
      Outcome outcome = record.get();
      kept = outcome instanceof Done;
      return outcome;
    } finally {
      if (moved && !kept) {
        delete(arrival.target());
      }
    }
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
      throw new UncheckedIOException("cannot delete " + folder, e);
    }
  }
}
