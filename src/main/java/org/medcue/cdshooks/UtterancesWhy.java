package org.medcue.cdshooks;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.Explanation.Said;
import org.medcue.clinical.Utterance;
import org.medcue.recommendation.OfferedDrug;
import org.medcue.recommendation.Phrases;

/**
 * Says which utterances spoke for a drug: quoted to the doctor, by the message's number and id
 * where it is kept, since what a patient said in confidence is stored nowhere.
 */
final class UtterancesWhy implements Why {

  /** In characters; enough to recognise a message that stands in the chat anyway. */
  private static final int MAX_QUOTE = 60;

  // Directions and other invisible formatting could make a quote read as something else
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\s]+");

  private final List<Utterance> utterances;
  private final Phrases phrases;
  private final boolean quoting;

  UtterancesWhy(Dialogue dialogue, Phrases phrases, boolean quoting) {
    this.utterances = dialogue.utterances();
    this.phrases = phrases;
    this.quoting = quoting;
  }

  @Override
  public Optional<String> of(OfferedDrug offered) {
    List<String> said = Why.heaviest(offered.explanation().utterances(), Said::weight, this::words);
    return said.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join(phrases.say("semicolon"), said));
  }

  private Optional<String> words(Said said) {
    if (said.place() >= utterances.size()) {
      return Optional.empty();
    }
    Utterance utterance = utterances.get(said.place());
    int number = said.place() + 1;
    return Optional.of(
        quoting
            ? phrases.say("said." + utterance.speaker(), number, quote(utterance.text()))
            : phrases.say("kept." + utterance.speaker(), number, reference(utterance)));
  }

  /** What is no FHIR id might be content. */
  private static String reference(Utterance utterance) {
    return utterance
        .message()
        .filter(id -> RequestFields.ID.matcher(id).matches())
        .map(id -> ", Communication/" + id)
        .orElse("");
  }

  static String quote(String text) {
    String plain = INVISIBLE.matcher(text).replaceAll(" ").strip();
    boolean whole = plain.codePointCount(0, plain.length()) <= MAX_QUOTE;
    return Markdown.escape(
        whole ? plain : plain.substring(0, plain.offsetByCodePoints(0, MAX_QUOTE - 1)) + "…");
  }
}
