package org.medcue.fhir;

/** Makes text of a chart safe to compare, to store and to show, in any language. */
final class PlainText {

  private PlainText() {}

  /**
   * The text without control characters, invisible formatting (directions, joiners, byte order
   * marks) and halves of surrogate pairs; any run of white space is one space, none at the ends.
   * Letters, traditional characters and emoji stay as they are. Empty where nothing is left.
   */
  static String of(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    boolean gap = false;
    int codePoint;
    for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
      codePoint = text.codePointAt(i);
      if (isSpace(codePoint)) {
        gap = true;
      } else if (!isInvisible(codePoint)) {
        if (gap && !plain.isEmpty()) {
          plain.append(' ');
        }
        gap = false;
        plain.appendCodePoint(codePoint);
      }
    }
    return plain.toString();
  }

  /** The first characters of what {@link #of} makes of a text, at most so many, and whole pairs. */
  static String beginningOf(String text, int characters) {
    String plain = of(text.substring(0, Math.min(text.length(), 4 * characters)));
    if (plain.length() <= characters) {
      return plain;
    }
    boolean inPair = Character.isHighSurrogate(plain.charAt(characters - 1));
    return plain.substring(0, inPair ? characters - 1 : characters).strip();
  }

  private static boolean isSpace(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }

  private static boolean isInvisible(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE;
  }

  /** The last characters of a text, at most so many; no surrogate pair is cut in two. */
  static String endOf(String text, int characters) {
    int start = Math.max(0, text.length() - characters);
    boolean inPair = start > 0 && Character.isLowSurrogate(text.charAt(start));
    return text.substring(inPair ? start + 1 : start);
  }
}
