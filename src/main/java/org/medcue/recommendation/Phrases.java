package org.medcue.recommendation;

import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;

/** The sentences of a card in one language, from a properties file for each language. */
public final class Phrases {

  private static final Control NO_FALLBACK =
      Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

  private final ResourceBundle bundle;
  private final Language language;

  /**
   * @param owner the class beside whose resources the files lie
   * @param name of the files: {@code name.properties} is English, {@code name_zh.properties}
   *     Chinese
   */
  public Phrases(Class<?> owner, String name, Language language) {
    this.language = language;
    // English lies in the base file
    Locale locale = language == Language.EN ? Locale.ROOT : Locale.forLanguageTag(language.tag());
    this.bundle =
        ResourceBundle.getBundle(
            owner.getPackageName() + "." + name, locale, owner.getClassLoader(), NO_FALLBACK);
  }

  public Language language() {
    return language;
  }

  /**
   * A sentence.
   *
   * @param values for its places, in the form of {@link String#format}
   * @throws java.util.MissingResourceException if there is none of this key
   */
  public String say(String key, Object... values) {
    return String.format(Locale.ROOT, bundle.getString(key), values);
  }

  /** Whether there is a sentence of this key. */
  public boolean has(String key) {
    return bundle.containsKey(key);
  }
}
