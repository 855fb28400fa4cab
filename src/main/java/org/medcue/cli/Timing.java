package org.medcue.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.medcue.model.nn.Torch;

/** Times work in this process. */
final class Timing {

  private Timing() {}

  /**
   * What figures depend on.
   *
   * @param device of the network; on a CPU it computes on one thread
   */
  static String machine(String device) {
    return String.format(
        Locale.ROOT,
        "%s %s (%s), %d CPUs, Java %s, %s on %s",
        System.getProperty("os.name"),
        System.getProperty("os.version"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        Torch.version(),
        device);
  }

  /**
   * Prints how long runs take, one after the other, and how many patients a second that comes to.
   *
   * @param times timed runs, after as many to warm up
   * @param patients in each run
   * @param work is given the number of the run, from 0
   */
  static void print(String what, int times, int patients, ConcurrentLoad.Work work)
      throws InterruptedException {
    ConcurrentLoad.run(1, times, work);
    System.out.println(what + ": " + ConcurrentLoad.run(1, times, work).of(patients));
  }

  /** Prints how large a version's folder is. */
  static void printSize(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      long bytes = 0;
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
      System.out.printf(Locale.ROOT, "size of the version %.2f MB%n", bytes / 1e6);
    }
  }
}
