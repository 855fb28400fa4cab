package org.medcue.knowledge;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Finds the substances that a text names by whole words, such as an allergy without a code. */
final class SubstanceWords {

  private final Map<String, List<String>> phrases = new HashMap<>();
  private final Predicate<String> isClass;
  private int longest = 1;

  /**
   * @param isClass tells an ATC class from an ingredient key
   */
  SubstanceWords(Predicate<String> isClass) {
    this.isClass = isClass;
  }

  void add(String phrase, List<String> keys) {
    List<String> words = words(phrase);
    phrases.put(String.join(" ", words), List.copyOf(keys));
    longest = Math.max(longest, words.size());
  }

  /**
   * What the text names. Within a longer name a shorter one counts only if it names a class:
   * "penicillin V" is that drug and a penicillin, "ethinyl estradiol" is not estradiol.
   */
  Set<String> named(String text) {
    List<String> words = words(text);
    BitSet taken = new BitSet();
    Set<String> named = new TreeSet<>();
    for (int length = Math.min(longest, words.size()); length > 0; length--) {
      for (int start = 0; start + length <= words.size(); start++) {
        List<String> keys = lookUp(words.subList(start, start + length));
        boolean within = taken.nextClearBit(start) >= start + length;
        keys.stream().filter(key -> !within || isClass.test(key)).forEach(named::add);
        if (!keys.isEmpty()) {
          taken.set(start, start + length);
        }
      }
    }
    return named;
  }

  private List<String> lookUp(List<String> words) {
    String phrase = String.join(" ", words);
    List<String> keys = phrases.get(phrase);
    if (keys == null && phrase.endsWith("s")) {
      keys = phrases.get(phrase.substring(0, phrase.length() - 1));
    }
    return keys == null ? List.of() : keys;
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"))
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
