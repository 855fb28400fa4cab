package org.medcue.cdshooks;

import org.medcue.recommendation.Language;
import org.medcue.recommendation.Phrases;

/** The sentences of cards: {@code card.properties} and its translations. */
final class CardPhrases {

  private CardPhrases() {}

  static Phrases in(Language language) {
    return new Phrases(CardPhrases.class, "card", language);
  }
}
