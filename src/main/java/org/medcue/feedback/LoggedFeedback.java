package org.medcue.feedback;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event as it is kept. What is not known is left out.
 *
 * @param tenant the EHR that reported it
 * @param serviceId of the service whose card it is about
 * @param card uuid of the card
 * @param outcome {@code accepted} or {@code overridden}
 * @param receivedAt when it came
 * @param outcomeAt when it was, by the clock of the EHR
 * @param acceptedSuggestions uuids of the suggestions taken
 * @param reasonSystem system of the reason's code
 * @param reasonCode the reason chosen
 * @param reasonDisplay the reason in words
 * @param userComment what the doctor wrote
 * @param words whether there are such words: {@code available}, or why those that there were are
 *     not: {@code expired}, {@code key-missing}, {@code damaged}; left out where there were none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LoggedFeedback(
    String tenant,
    String serviceId,
    String card,
    String outcome,
    Instant receivedAt,
    Instant outcomeAt,
    List<String> acceptedSuggestions,
    @Nullable String reasonSystem,
    @Nullable String reasonCode,
    @Nullable String reasonDisplay,
    @Nullable String userComment,
    @Nullable String words) {

  static LoggedFeedback of(
      FeedbackEventEntity event,
      @Nullable String display,
      @Nullable String comment,
      @Nullable String words) {
    return new LoggedFeedback(
        event.tenant,
        event.serviceId,
        event.cardId,
        event.outcome,
        event.receivedAt,
        event.outcomeAt,
        event.acceptedSuggestions.isEmpty()
            ? List.of()
            : List.of(event.acceptedSuggestions.split(" ")),
        event.reasonSystem,
        event.reasonCode,
        display,
        comment,
        words);
  }
}
