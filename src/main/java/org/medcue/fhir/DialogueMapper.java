package org.medcue.fhir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.Omission.Kind;
import org.medcue.clinical.Speaker;
import org.medcue.clinical.Utterance;

/** Makes one dialogue of messages, and notes what is no part of it. */
final class DialogueMapper {

  /** Three times the longest dialogue of the DialMed corpus; an answer must stay quick. */
  static final int MAX_UTTERANCES = 200;

  /** Some two hundred times a usual utterance. */
  static final int MAX_CHARACTERS = 20_000;

  private static final String COMMUNICATION = "Communication";

  private final ChartNotes notes;

  DialogueMapper(ChartNotes notes) {
    this.notes = notes;
  }

  /**
   * The end of the dialogue, where it is long: what was said last is nearest to the order.
   *
   * @param sent what was sent, in that order; of several with one id the first counts
   * @param encounterId the present Encounter; null if it is not known, and then messages of any
   *     Encounter belong to the dialogue
   */
  Dialogue map(List<Message> sent, @Nullable String encounterId) {
    Map<String, Message> byId = new HashMap<>();
    List<Message> messages = new ArrayList<>();
    for (Message message : sent) {
      Message first = message.id() == null ? null : byId.putIfAbsent(message.id(), message);
      if (first == null) {
        messages.add(message);
      } else if (!first.equals(message)) {
        notes.omit(Kind.SAME_ID, COMMUNICATION);
      }
    }
    Set<String> threads = new HashSet<>();
    messages.forEach(message -> threads.addAll(message.threads()));
    List<Message> present = new ArrayList<>();
    for (Message message : messages) {
      if (isElsewhere(message, encounterId, byId)) {
        notes.omit(Kind.OTHER_ENCOUNTER, COMMUNICATION);
      } else {
        present.add(message);
      }
    }
    List<Utterance> utterances = new ArrayList<>();
    for (MessageOrder.Placed placed : MessageOrder.of(present)) {
      Message message = placed.message();
      boolean head = message.texts().isEmpty() && threads.contains(message.id());
      if (!head) {
        add(placed, utterances);
      }
    }
    return endOf(utterances);
  }

  /** A message that names no Encounter is of the Encounter of its thread. */
  private static boolean isElsewhere(
      Message message, @Nullable String encounterId, Map<String, Message> byId) {
    String stated = message.encounterId();
    for (String thread : message.threads()) {
      Message head = byId.get(thread);
      stated = stated == null && head != null ? head.encounterId() : stated;
    }
    return encounterId != null && stated != null && !stated.equals(encounterId);
  }

  private void add(MessageOrder.Placed placed, List<Utterance> utterances) {
    Message message = placed.message();
    Speaker speaker = message.speaker();
    if (speaker == null) {
      notes.omit(Kind.UNKNOWN_SENDER, COMMUNICATION);
    } else if (message.aside()) {
      notes.omit(Kind.OTHER_CONVERSATION, COMMUNICATION);
    } else {
      notes.omit(Kind.NO_TEXT, COMMUNICATION, message.withoutText());
      if (!placed.dated() && !message.texts().isEmpty()) {
        notes.omit(Kind.NO_DATE, COMMUNICATION);
      }
      Optional<String> id = Optional.ofNullable(message.id());
      message.texts().forEach(text -> utterances.add(new Utterance(speaker, text, id)));
    }
  }

  private Dialogue endOf(List<Utterance> all) {
    List<Utterance> end = new ArrayList<>();
    int left = MAX_CHARACTERS;
    for (int i = all.size() - 1; i >= 0 && end.size() < MAX_UTTERANCES; i--) {
      Utterance utterance = all.get(i);
      if (utterance.text().length() > left) {
        if (end.isEmpty()) {
          String kept = PlainText.endOf(utterance.text(), left).strip();
          end.add(new Utterance(utterance.speaker(), kept, utterance.message()));
          notes.omit(Kind.TOO_LONG, COMMUNICATION);
        }
        break;
      }
      left -= utterance.text().length();
      end.add(utterance);
    }
    notes.omit(Kind.TOO_LONG, COMMUNICATION, all.size() - end.size());
    Collections.reverse(end);
    return new Dialogue(end);
  }
}
