package org.medcue.training.dialogue;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medcue.clinical.Dialogue;

/**
 * The mark that stands for a recommended drug (DDN paper, section 3.1). The corpus has it in small
 * letters and with a bracket missing too.
 */
final class Marks {

  static final String MARK = "[MASK]";

  private static final Pattern ANY =
      Pattern.compile("[\\[［【]\\s*mask\\s*[\\]］】]?", Pattern.CASE_INSENSITIVE);

  private static final Pattern WHOLE =
      Pattern.compile("[\\[［【]\\s*mask\\s*[\\]］】]", Pattern.CASE_INSENSITIVE);

  private Marks() {}

  /** Where the first mark of a text begins. */
  static OptionalInt first(String text) {
    Matcher matcher = ANY.matcher(text);
    return matcher.find() ? OptionalInt.of(matcher.start()) : OptionalInt.empty();
  }

  /**
   * How many drugs the marks of a dialogue stand for. One that lacks its bracket stands for a drug
   * only where there is no whole one: elsewhere the corpus has it beside a whole one for each drug.
   */
  static int count(Dialogue dialogue) {
    int whole = count(WHOLE, dialogue);
    return whole > 0 ? whole : count(ANY, dialogue);
  }

  private static int count(Pattern mark, Dialogue dialogue) {
    return dialogue.utterances().stream()
        .mapToInt(said -> (int) mark.matcher(said.text()).results().count())
        .sum();
  }

  /** The text with every mark written as {@link #MARK}. */
  static String normalised(String text) {
    return ANY.matcher(text).replaceAll(Matcher.quoteReplacement(MARK));
  }
}
