package org.medcue.training.dialogue;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mark that stands for a recommended drug (DDN paper, section 3.1). The corpus has it in small
 * letters and with a bracket missing too.
 */
final class Marks {

  static final String MARK = "[MASK]";

  private static final Pattern ANY =
      Pattern.compile("[\\[［【]\\s*mask\\s*[\\]］】]?", Pattern.CASE_INSENSITIVE);

  private Marks() {}

  /** Where the first mark of a text begins. */
  static OptionalInt first(String text) {
    Matcher matcher = ANY.matcher(text);
    return matcher.find() ? OptionalInt.of(matcher.start()) : OptionalInt.empty();
  }

  /** How many a text has. */
  static int count(String text) {
    return (int) ANY.matcher(text).results().count();
  }

  /** The text with every mark written as {@link #MARK}. */
  static String normalised(String text) {
    return ANY.matcher(text).replaceAll(Matcher.quoteReplacement(MARK));
  }
}
