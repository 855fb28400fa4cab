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
import org.jboss.logging.Logger;
import org.medcue.audit.Actor;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.platform.RequestRefusedException;
import org.medcue.platform.UnavailableException;
import org.medcue.registry.Outcome.Done;
import org.medcue.registry.Outcome.Refusal;

/**
 * Takes versions in: unpacked beside the registry, verified, tried out, and only then put into its
 * place and recorded. Of what is refused nothing is left.
 */
@ApplicationScoped
public class VersionIntake {

  private static final Logger LOG = Logger.getLogger(VersionIntake.class);

  /** No model's name begins with a dot. */
  private static final String INCOMING = ".incoming";

  /** One at a time: each may be as large as may be. */
  private final Semaphore place = new Semaphore(1);

  private final RegistryConfig config;
  private final ModelRegistry folders;
  private final VersionCheck check;
  private final ModelLifeCycle lifeCycle;

  VersionIntake(
      RegistryConfig config, ModelRegistry folders, VersionCheck check, ModelLifeCycle lifeCycle) {
    this.config = config;
    this.folders = folders;
    this.check = check;
    this.lifeCycle = lifeCycle;
  }

  /**
   * What was taken in, or why not.
   *
   * @param ref the version that the archive holds
   */
  public record Taken(VersionRef ref, Outcome outcome) {}

  /**
   * Takes in the archive of a version. One whose very files are in their place already, because
   * they came with the image or were trained here, is recorded.
   *
   * @param archive zip
   * @throws RequestRefusedException 400 or 413 if it is no such archive, 503 if another one is
   *     being taken in
   * @throws ModelException if it holds no version that can be served
   */
  public Taken take(InputStream archive, Actor actor, String reason) {
    if (!place.tryAcquire()) {
      throw new RequestRefusedException(
          503, "archive", "another version is being taken in: send this one in a minute");
    }
    Path incoming = folders.root().resolve(INCOMING).resolve(UUID.randomUUID().toString());
    try {
      Files.createDirectories(incoming);
      VersionArchive.unpack(archive, incoming, config.maxUpload().asLongValue());
      ModelFolder folder = ModelFolder.open(incoming);
      check.requireServable(folder);
      return register(VersionRef.of(folder), folder, actor, reason);
    } catch (IOException e) {
      throw new UnavailableException("the folder of the model registry", e);
    } finally {
      delete(incoming);
      place.release();
    }
  }

  private Taken register(VersionRef ref, ModelFolder incoming, Actor actor, String reason)
      throws IOException {
    Path target = folders.folderOf(ref);
    boolean moved = !Files.exists(target);
    if (moved) {
      Files.createDirectories(target.getParent());
      Files.move(incoming.path(), target, StandardCopyOption.ATOMIC_MOVE);
    } else if (!ModelFolder.open(target).digest().equals(incoming.digest())) {
      return new Taken(
          ref,
          refused(
              Refusal.VERSION_EXISTS,
              ref + " is there with other files; give a new version a new number"));
    }
    boolean kept = false;
    try {
      Outcome outcome = lifeCycle.register(folders.open(ref), actor, reason);
      kept = outcome instanceof Done;
      return new Taken(ref, outcome);
    } finally {
      if (moved && !kept) {
        delete(target);
      }
    }
  }

  /** What a replica that was killed left behind; another one may be unpacking right now. */
  void start(@Observes StartupEvent start) {
    Path incoming = folders.root().resolve(INCOMING);
    if (!Files.isDirectory(incoming)) {
      return;
    }
    try (var leftovers = Files.list(incoming)) {
      for (Path leftover : leftovers.filter(VersionIntake::isOld).toList()) {
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
