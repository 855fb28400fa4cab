package org.medcue.cdshooks;

import static org.medcue.cdshooks.RequestFields.child;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.medcue.feedback.FeedbackItem;
import org.medcue.feedback.FeedbackItem.Outcome;
import org.medcue.feedback.FeedbackItem.Reason;
import org.medcue.platform.RequestRefusedException;

/** Validates a feedback request (CDS Hooks 2.0, "Feedback"). */
final class FeedbackReader {

  // Identifiers are kept as sent, also unknown ones, but not whatever fits into a string.
  private static final Pattern IDENTIFIER = Pattern.compile("[!-~]{1,128}");
  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");
  private static final int MAX_TEXT = 10_000;

  /** One transaction takes them all, and a doctor answers far fewer cards in a day. */
  private static final int MAX_ITEMS = 1_000;

  private final RequestFields fields = new RequestFields();

  private FeedbackReader() {}

  /**
   * @param body the request, a JSON object
   * @throws RequestRefusedException (400) naming everything that is wrong; (413) if there are more
   *     than 1,000 items
   */
  static List<FeedbackItem> read(JsonNode body) {
    return new FeedbackReader().items(body);
  }

  private List<FeedbackItem> items(JsonNode body) {
    List<FeedbackItem> items = new ArrayList<>();
    List<JsonNode> elements = fields.requiredArray(body, "feedback", "feedback");
    if (elements.size() > MAX_ITEMS) {
      throw new RequestRefusedException(
          413, "feedback", "more than " + MAX_ITEMS + " items, send fewer at a time");
    }
    for (int i = 0; i < elements.size(); i++) {
      String path = "feedback[" + i + "]";
      if (elements.get(i).isObject()) {
        items.add(item(elements.get(i), path));
      } else {
        fields.violation(path, "must be an object");
      }
    }
    fields.refuseIfAny();
    return items;
  }

  private FeedbackItem item(JsonNode json, String path) {
    String card = identifier(json, "card", path + ".card");
    String outcome =
        fields.required(
            json,
            "outcome",
            path + ".outcome",
            text -> text.equals("accepted") || text.equals("overridden"),
            "accepted or overridden");
    boolean accepted = outcome.equals("accepted");
    JsonNode override = child(json, "overrideReason");
    if (!override.isMissingNode() && !override.isObject()) {
      fields.violation(path + ".overrideReason", "must be an object");
    }
    return new FeedbackItem(
        card,
        accepted ? Outcome.ACCEPTED : Outcome.OVERRIDDEN,
        timestamp(json, path + ".outcomeTimestamp"),
        accepted ? suggestions(json, path + ".acceptedSuggestions") : List.of(),
        reason(override, path + ".overrideReason.reason"),
        text(override, "userComment", path + ".overrideReason.userComment"));
  }

  private String identifier(JsonNode json, String name, String path) {
    return fields.required(
        json, name, path, RequestFields.matching(IDENTIFIER), "an identifier as Medcue gave it");
  }

  private List<String> suggestions(JsonNode json, String path) {
    List<String> ids = new ArrayList<>();
    List<JsonNode> elements = fields.requiredArray(json, "acceptedSuggestions", path);
    for (int i = 0; i < elements.size(); i++) {
      ids.add(identifier(elements.get(i), "id", path + "[" + i + "].id"));
    }
    return ids;
  }

  private Instant timestamp(JsonNode json, String path) {
    String text =
        fields.required(
            json,
            "outcomeTimestamp",
            path,
            sent -> parse(sent).isPresent(),
            "a date and time with offset, as in RFC 3339");
    return parse(text).orElse(Instant.EPOCH);
  }

  private static Optional<Instant> parse(String timestamp) {
    try {
      return Optional.of(OffsetDateTime.parse(timestamp).toInstant())
          .filter(at -> at.isAfter(Instant.EPOCH) && at.isBefore(LATEST));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private Optional<Reason> reason(JsonNode override, String path) {
    JsonNode reason = child(override, "reason");
    if (reason.isMissingNode()) {
      return Optional.empty();
    }
    if (!reason.isObject()) {
      fields.violation(path, "must be a Coding");
      return Optional.empty();
    }
    return Optional.of(
        new Reason(
            text(reason, "system", path + ".system"),
            text(reason, "code", path + ".code"),
            text(reason, "display", path + ".display")));
  }

  private Optional<String> text(JsonNode parent, String name, String path) {
    return fields.optional(
        parent,
        name,
        path,
        text -> text.length() <= MAX_TEXT,
        "a string of at most " + MAX_TEXT + " characters");
  }
}
