package org.medcue.cdshooks;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.medcue.fhir.DraftOrder;
import org.medcue.recommendation.OfferedDrug;
import org.medcue.recommendation.Recommendation;
import org.medcue.recommendation.WithheldDrug;
import org.medcue.recommendation.WithheldDrug.Cause;

/**
 * Turns a recommendation into cards: one for new drugs, one for renewals, so that they are apart.
 * Withheld drugs stand on the first of them; an allergy alone is worth a card, a drug that the
 * doctor drafted or rejected is not.
 */
@ApplicationScoped
public class CardRenderer {

  /** CDS Hooks asks for less than 140 characters. */
  private static final int MAX_SUMMARY = 139;

  /** No cards where there is nothing to say. */
  public List<Card> render(Recommendation recommendation, List<DraftOrder> drafts) {
    List<OfferedDrug> fresh =
        recommendation.offered().stream().filter(drug -> !drug.renewal()).toList();
    List<OfferedDrug> renewals =
        recommendation.offered().stream().filter(OfferedDrug::renewal).toList();
    List<WithheldDrug> withheld = recommendation.withheld();
    SuggestionWriter suggestions = new SuggestionWriter(recommendation.request(), drafts);
    List<Card> cards = new ArrayList<>();
    if (!fresh.isEmpty()) {
      cards.add(
          card(
              recommendation,
              summary("Options for this order", fresh),
              fresh,
              withheld,
              suggestions));
    }
    if (!renewals.isEmpty()) {
      List<WithheldDrug> left = fresh.isEmpty() ? withheld : List.of();
      cards.add(
          card(
              recommendation,
              summary("Renewals to consider", renewals),
              renewals,
              left,
              suggestions));
    }
    List<WithheldDrug> allergies =
        withheld.stream().filter(drug -> drug.cause() == Cause.ALLERGY).toList();
    if (cards.isEmpty() && !allergies.isEmpty()) {
      String summary = shorten("Withheld for a charted allergy: " + allergies.get(0).display());
      cards.add(card(recommendation, summary, List.of(), withheld, suggestions));
    }
    return cards;
  }

  private static Card card(
      Recommendation recommendation,
      String summary,
      List<OfferedDrug> offered,
      List<WithheldDrug> withheld,
      SuggestionWriter suggestions) {
    return new Card(
        UUID.randomUUID(),
        summary,
        new CardDetail(recommendation).write(offered, withheld),
        "info",
        new Card.Source(
            "Medcue " + recommendation.modelName() + " " + recommendation.modelVersion()),
        offered.stream().map(suggestions::write).toList(),
        offered.isEmpty() ? Optional.empty() : Optional.of("at-most-one"),
        OverrideReasons.OFFERED,
        extension(recommendation));
  }

  private static Map<String, Object> extension(Recommendation recommendation) {
    Map<String, Object> extension = new LinkedHashMap<>();
    extension.put("org.medcue.recommendation", recommendation.id());
    extension.put(
        "org.medcue.model",
        Map.of("name", recommendation.modelName(), "version", recommendation.modelVersion()));
    if (!recommendation.knowledge().isEmpty()) {
      extension.put("org.medcue.knowledge", recommendation.knowledge());
    }
    if (!recommendation.omissions().isEmpty()) {
      extension.put("org.medcue.omissions", recommendation.omissions());
    }
    return extension;
  }

  private static String summary(String lead, List<OfferedDrug> drugs) {
    OfferedDrug first = drugs.get(0);
    String tail =
        " ("
            + CardDetail.percent(first.probability())
            + ")"
            + (drugs.size() > 1 ? " and " + (drugs.size() - 1) + " more" : "");
    int room = MAX_SUMMARY - lead.length() - 2 - tail.length();
    return lead + ": " + shorten(first.display(), room) + tail;
  }

  private static String shorten(String text) {
    return shorten(text, MAX_SUMMARY);
  }

  private static String shorten(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }
}
