package org.medcue.fhir;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.Speaker;

/**
 * What is kept of a Communication.
 *
 * @param id its id, null if it has none
 * @param encounterId the Encounter of which it is part, null if it names none
 * @param time when it was sent, else when it was received; null if unknown
 * @param answers ids of the Communications that it answers
 * @param threads ids of the Communications of which it is part
 * @param speaker who sent it; null if that is neither doctor nor patient
 * @param aside whether it went to the speaker's own side alone
 * @param texts its texts, in order, none empty
 * @param withoutText how many of its parts have no text
 */
record Message(
    @Nullable String id,
    @Nullable String encounterId,
    @Nullable TimeSpan time,
    List<String> answers,
    List<String> threads,
    @Nullable Speaker speaker,
    boolean aside,
    List<String> texts,
    int withoutText) {

  Message {
    answers = List.copyOf(answers);
    threads = List.copyOf(threads);
    texts = List.copyOf(texts);
  }
}
