package org.medcue.training.fitting;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.model.ModelManifest;
import org.medcue.training.RunLock;
import org.medcue.training.TrainingException;

/** A version's folder that does not exist yet, and the checkpoints of its training beside it. */
public final class VersionFolder {

  /** Writes the files of a version but for manifest and seal. */
  @FunctionalInterface
  public interface Filler {

    /**
     * @param partial a folder that exists and is empty
     */
    void fill(Path partial) throws IOException;
  }

  /** Adds to a version what is told by the version itself. */
  @FunctionalInterface
  public interface Finisher {

    /**
     * @param written all files of the version but those to be added, as anybody would open it
     */
    void finish(ModelFolder written) throws IOException;
  }

  private final Path out;

  /**
   * @param out what is to be written, such as {@code model-registry/mrkpa/2.1.0}
   */
  public VersionFolder(Path out) {
    this.out = out.toAbsolutePath();
  }

  /** The version's number. */
  public String version() {
    return String.valueOf(out.getFileName());
  }

  /** Where the checkpoints of its training lie. */
  public Path unfinished() {
    return out.resolveSibling(".training-" + version());
  }

  /** Whether an interrupted training lies beside the folder to write. */
  public boolean hasCheckpoint() {
    return Checkpoints.exist(unfinished());
  }

  /**
   * Takes the lock of its training, before hours of work rather than after.
   *
   * @param resume whether to go on from where a training was interrupted
   * @throws TrainingException if the folder exists or cannot be written, if another training writes
   *     it, or if an unfinished one lies there that was not asked to be resumed
   */
  public RunLock begin(boolean resume) {
    requireNew();
    RunLock lock =
        RunLock.tryLock(out.resolveSibling(".training-" + version() + ".lock"))
            .orElseThrow(
                () ->
                    new TrainingException(
                        "another training writes " + out + ": wait for it or choose another"));
    try {
      if (!resume && hasCheckpoint()) {
        throw new TrainingException(
            "an unfinished training lies in "
                + unfinished()
                + ": go on with --resume, or delete that folder to begin anew");
      }
      Checkpoints.requireOwnFolder(unfinished());
      return lock;
    } catch (TrainingException e) {
      lock.close();
      throw e;
    }
  }

  private void requireNew() {
    if (Files.exists(out)) {
      throw new TrainingException(
          out + " exists already: a version is never overwritten, choose another number");
    }
    try {
      Files.createDirectories(out.getParent());
    } catch (IOException e) {
      throw new TrainingException("cannot create the folder " + out.getParent(), e);
    }
    if (!Files.isWritable(out.getParent())) {
      throw new TrainingException("cannot write to the folder " + out.getParent());
    }
  }

  /**
   * Writes, finishes and seals the version.
   *
   * @param draft its manifest, without the files
   * @throws TrainingException if it cannot be written; then nothing is left of it
   */
  public void write(ModelManifest draft, Filler filler, Finisher finisher) {
    Path partial =
        out.resolveSibling(".partial-" + version() + "-" + ProcessHandle.current().pid());
    try {
      removeUnfinished();
      Files.createDirectory(partial);
      filler.fill(partial);
      finisher.finish(ModelFolder.seal(partial, draft));
      ModelFolder.seal(partial, draft);
      Files.move(partial, out);
    } catch (IOException e) {
      delete(partial);
      throw new TrainingException("cannot write the version to " + out, e);
    } catch (ModelException e) {
      delete(partial);
      throw e;
    }
  }

  /** Removes what a killed training of this version left while it wrote. */
  private void removeUnfinished() throws IOException {
    Pattern left = Pattern.compile("\\.partial-" + Pattern.quote(version()) + "-[0-9]+");
    try (Stream<Path> siblings = Files.list(out.resolveSibling("."))) {
      siblings
          .filter(sibling -> left.matcher(sibling.getFileName().toString()).matches())
          .forEach(VersionFolder::delete);
    }
  }

  /** Removes what an unfinished writing left; that it could not is not worth another error. */
  private static void delete(Path folder) {
    File[] files = folder.toFile().listFiles();
    for (File file : files == null ? new File[0] : files) {
      file.delete();
    }
    folder.toFile().delete();
  }
}
