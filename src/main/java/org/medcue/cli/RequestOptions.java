package org.medcue.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medcue.cli.ServiceApi.Condition;
import org.medcue.platform.ETags;
import picocli.CommandLine.Option;

/** Which request an admin decides on. */
final class RequestOptions {

  @Option(
      names = "--request",
      paramLabel = "ID",
      description = "The request; needed where more than one waits.")
  private @Nullable String id;

  @Option(
      names = "--revision",
      paramLabel = "N",
      description =
          "The revision that show printed when you reviewed it: where a version of the model changed"
              + " since, nothing is decided. By default the present one.")
  private @Nullable Long revision;

  /**
   * The request that is meant.
   *
   * @param shown the version, as the service shows it
   * @throws CommandException if there is none, or more than one and none was named
   */
  JsonNode of(JsonNode shown, String version) {
    List<JsonNode> open = new ArrayList<>();
    for (JsonNode request : shown.path("requests")) {
      if (request.path("status").asText().equals("open")) {
        open.add(request);
      }
    }
    if (open.isEmpty()) {
      throw new CommandException("nobody asked for anything for " + version + " that is open");
    }
    List<JsonNode> meant =
        open.stream().filter(one -> id == null || one.path("id").asText().equals(id)).toList();
    if (meant.size() == 1) {
      return meant.get(0);
    }
    open.forEach(one -> System.err.println(one.path("id").asText() + "  " + line(one)));
    throw new CommandException(
        id == null
            ? open.size() + " requests wait for " + version + ": name one of them by --request"
            : "no request " + id + " is open for " + version + ": name one that is");
  }

  /** What the decision is made on. */
  Condition unchangedSince(ServiceApi.Tagged read) {
    return revision == null
        ? Condition.unchangedSince(read)
        : new Condition("If-Match", ETags.of(revision));
  }

  /** A request in words. */
  static String line(JsonNode request) {
    String what =
        request.path("action").asText().equals("canary")
            ? "a canary for " + percent(request.path("share").asDouble()) + " % of the patients"
            : "active, for every patient";
    String override =
        request.path("override").isTextual()
            ? " (although its figures are worse: " + request.path("override").asText() + ")"
            : "";
    return what
        + ", asked for by "
        + request.path("requestedBy").asText()
        + ": "
        + request.path("reason").asText()
        + override;
  }

  private static String percent(double share) {
    return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString();
  }
}
