package org.medcue.feedback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.medcue.feedback.FeedbackItem.Reason;
import org.medcue.platform.sealing.Opened;
import org.medcue.platform.sealing.Place;
import org.medcue.platform.sealing.SealedStore;

/** What doctors wrote about cards. It may say anything of a patient, so it is kept sealed. */
@ApplicationScoped
class DoctorsWords {

  private static final String KIND = "feedback_event";

  private record Words(@Nullable String display, @Nullable String comment) {}

  private final SealedStore store;
  private final ObjectMapper json;

  DoctorsWords(SealedStore store, ObjectMapper json) {
    this.store = store;
    this.json = json;
  }

  /** Whether an item has any. */
  boolean in(FeedbackItem item) {
    return item.userComment().isPresent() || item.reason().flatMap(Reason::display).isPresent();
  }

  /** Seals those of an item, if any, for its event, which has its identifier by now. */
  void seal(FeedbackEventEntity event, FeedbackItem item) {
    if (event.sealedWords) {
      Words words =
          new Words(
              item.reason().flatMap(Reason::display).orElse(null), item.userComment().orElse(null));
      store.put(new Place(KIND, id(event)), write(words));
    }
  }

  List<LoggedFeedback> open(List<FeedbackEventEntity> events) {
    Map<String, Opened> opened = store.open(KIND, sealed(events));
    return events.stream().map(event -> logged(event, opened.get(id(event)))).toList();
  }

  void delete(List<FeedbackEventEntity> events) {
    store.delete(KIND, sealed(events));
  }

  private LoggedFeedback logged(FeedbackEventEntity event, @Nullable Opened opened) {
    if (opened instanceof Opened.Content content) {
      Words words = read(content.bytes());
      return LoggedFeedback.of(event, words.display(), words.comment(), opened.state());
    }
    String state = opened == null ? null : opened.state();
    return LoggedFeedback.of(event, null, null, state);
  }

  private static List<String> sealed(List<FeedbackEventEntity> events) {
    return events.stream().filter(event -> event.sealedWords).map(DoctorsWords::id).toList();
  }

  private static String id(FeedbackEventEntity event) {
    return Objects.requireNonNull(event.id).toString();
  }

  private byte[] write(Words words) {
    try {
      return json.writeValueAsString(words).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are always writable", e);
    }
  }

  private Words read(byte[] bytes) {
    try {
      return json.readValue(bytes, Words.class);
    } catch (IOException e) {
      // Its message quotes the words
      throw new IllegalStateException("what was sealed is JSON");
    }
  }
}
