package org.medcue.cdshooks;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.Explanation.Said;
import org.medcue.clinical.Utterance;
import org.medcue.recommendation.OfferedDrug;
import org.medcue.recommendation.Phrases;

/** Says which utterances spoke for a drug, in short quotes. */
final class UtterancesWhy implements Why {

  /** In characters; enough to recognise a message that stands in the chat anyway. */
  private static final int MAX_QUOTE = 60;

  // Directions and other invisible formatting could make a quote read as something else
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\s]+");

  private final List<Utterance> utterances;
  private final Phrases phrases;

  UtterancesWhy(Dialogue dialogue, Phrases phrases) {
    this.utterances = dialogue.utterances();
    this.phrases = phrases;
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
    return Optional.of(phrases.say("said." + utterance.speaker(), number, quote(utterance.text())));
  }

  static String quote(String text) {
    String plain = INVISIBLE.matcher(text).replaceAll(" ").strip();
    boolean whole = plain.codePointCount(0, plain.length()) <= MAX_QUOTE;
    return Markdown.escape(
        whole ? plain : plain.substring(0, plain.offsetByCodePoints(0, MAX_QUOTE - 1)) + "…");
  }
}
