package org.medcue.registry;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.medcue.model.ModelException;
import org.medcue.platform.RequestRefusedException;
import org.medcue.platform.UnavailableException;

/** What goes wrong with the files of a version, as an admin is told of it. */
final class VersionFaults {

  private static final Logger LOG = Logger.getLogger(VersionFaults.class);

  private VersionFaults() {}

  /**
   * Reads, loads or asks a version. Its files come from outside, and libraries fail over them in
   * ways that no check foresees: whatever they throw, the version is at fault and not the service.
   *
   * @param folder where it lies, which is not told
   * @throws ModelException if that fails, naming files relative to the folder
   */
  static <T> T inWords(Path folder, Supplier<T> work) {
    try {
      return work.get();
    } catch (ModelException e) {
      throw new ModelException(without(folder, String.valueOf(e.getMessage())), e);
    } catch (UnavailableException | RequestRefusedException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      LOG.errorf(e, "The version in %s cannot be used", folder);
      throw new ModelException(
          "its files cannot be read, loaded or asked: they ask for what nobody foresaw, or for more"
              + " memory than there is; the log says more",
          e);
    }
  }

  /** A message without the place of the files on this machine. */
  static String without(Path folder, String message) {
    return message.replace(folder + "/", "").replace(folder.toString(), "the folder");
  }
}
