package org.medcue.recommendation;

import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A language that cards are written in. */
public enum Language {
  EN,
  ZH;

  private static final List<String> TAGS = List.of("en", "zh");

  /** Its tag (BCP 47). */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The language that a client prefers (RFC 9110, "Accept-Language"), in any script or region:
   * {@code zh-Hant-HK} is Chinese.
   *
   * @param acceptLanguage the header's value
   * @return empty if there is none, it is malformed, or it names neither language
   */
  public static Optional<Language> accepted(@Nullable String acceptLanguage) {
    if (acceptLanguage == null || acceptLanguage.isBlank()) {
      return Optional.empty();
    }
    try {
      List<LanguageRange> wanted =
          LanguageRange.parse(acceptLanguage).stream()
              .filter(range -> range.getWeight() > 0)
              .toList();
      return Optional.ofNullable(Locale.lookupTag(wanted, TAGS))
          .map(tag -> valueOf(tag.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) { // "-" gives the latter
      return Optional.empty();
    }
  }
}
