package org.medcue.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a replica went from one version to the next, by its log. */
public final class Swaps {

  /** The format of the log, with an offset from UTC. */
  public static final String LOG_FORMAT =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5p [%c{3.}] (%t) %s%e%n";

  private static final Pattern LINE = Pattern.compile("(\\S+) INFO .* mrkpa: mrkpa/(\\S+) answers");

  private Swaps() {}

  /**
   * A time in which calls may have got a version.
   *
   * @param from when the trail has it made active, before any replica was told
   * @param until when the replica says that another one answers; calls that began before may end
   *     later
   */
  public record Served(String version, Instant from, Instant until) {

    public boolean explains(String cited, Instant sent, Instant ended) {
      return version.equals(cited) && !ended.isBefore(from) && !sent.isAfter(until);
    }
  }

  /** The versions that a replica served, the first one first. */
  public static List<Served> of(Path log, List<ModelTables.Change> changes) throws IOException {
    List<Served> served = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      Matcher swap = LINE.matcher(line);
      if (swap.matches()) {
        // The log leaves out what is less than a millisecond
        Instant at = OffsetDateTime.parse(swap.group(1)).toInstant().plusMillis(1);
        if (!served.isEmpty()) {
          Served last = served.remove(served.size() - 1);
          served.add(new Served(last.version(), last.from(), at));
        }
        served.add(new Served(swap.group(2), activated(swap.group(2), at, changes), Instant.MAX));
      }
    }
    return served;
  }

  private static Instant activated(
      String version, Instant before, List<ModelTables.Change> changes) {
    return changes.stream()
        .filter(change -> change.version().equals(version) && change.to().equals("active"))
        .map(ModelTables.Change::at)
        .filter(at -> !at.isAfter(before))
        .reduce((first, last) -> last)
        .orElseThrow(() -> new AssertionError("the trail does not tell of " + version));
  }
}
