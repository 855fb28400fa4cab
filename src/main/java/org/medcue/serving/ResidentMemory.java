package org.medcue.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the process holds in memory, Java's heap and native memory together. */
public final class ResidentMemory {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String LINE = "VmRSS:";

  private ResidentMemory() {}

  /** In bytes; NaN where the system does not tell (proc(5), Linux alone). */
  public static double bytes() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(LINE)) {
          String[] words = line.substring(LINE.length()).strip().split(" ");
          return 1024.0 * Long.parseLong(words[0]);
        }
      }
      return Double.NaN;
    } catch (IOException | NumberFormatException e) {
      return Double.NaN;
    }
  }
}
