package org.medcue.cdshooks;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.medcue.clinical.Omission;
import org.medcue.clinical.Omission.Kind;
import org.medcue.fhir.DraftOrder;
import org.medcue.recommendation.OfferedDrug;
import org.medcue.recommendation.Recommendation;
import org.medcue.recommendation.WithheldDrug;
import org.medcue.recommendation.WithheldDrug.Cause;

/**
 * Turns a recommendation into cards: one for new drugs, one for renewals, so that they are apart.
 * Withheld drugs stand on the first of them; an allergy alone is worth a card, a drug that the
 * doctor drafted or rejected is not. Where there is nothing to suggest because the chart is unknown
 * or incomplete, a card says so.
 */
@ApplicationScoped
public class CardRenderer {

  /** CDS Hooks asks for less than 140 characters. */
  private static final int MAX_SUMMARY = 139;

  private static final Set<Omission.Kind> NOT_SENT =
      EnumSet.of(Kind.PREFETCH_ABSENT, Kind.PREFETCH_FAILED, Kind.PREFETCH_TRUNCATED);

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
    if (cards.isEmpty() && withheld.isEmpty()) {
      whyNothing(recommendation)
          .map(why -> card(recommendation, shorten(why), List.of(), List.of(), suggestions))
          .ifPresent(cards::add);
    }
    return cards;
  }

  /** Silence would read as "all was looked at, and no drug fits". */
  private static Optional<String> whyNothing(Recommendation recommendation) {
    if (recommendation.request().nothingKnown()) {
      return Optional.of("No suggestion: nothing is known of this patient's visits");
    }
    String lacking =
        recommendation.omissions().stream()
            .filter(omission -> NOT_SENT.contains(omission.kind()))
            .map(Omission::subject)
            .distinct()
            .collect(Collectors.joining(", "));
    return lacking.isEmpty()
        ? Optional.empty()
        : Optional.of("No suggestion: the chart sent is incomplete (" + lacking + ")");
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
        new CardDetail(recommendation)
            .write(offered, withheld, offered.stream().filter(suggestions::fillsDosage).toList()),
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
