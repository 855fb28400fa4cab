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
import org.medcue.clinical.DialogueEvidence;
import org.medcue.clinical.Omission;
import org.medcue.clinical.Omission.Kind;
import org.medcue.clinical.PatientEvidence;
import org.medcue.fhir.DraftOrder;
import org.medcue.recommendation.OfferedDrug;
import org.medcue.recommendation.Phrases;
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
    SuggestionWriter suggestions = new SuggestionWriter(recommendation, drafts);
    Phrases phrases = CardPhrases.in(recommendation.request().language());
    List<Card> cards = new ArrayList<>();
    if (!fresh.isEmpty()) {
      cards.add(
          card(
              recommendation,
              summary(phrases, "summary.new", fresh),
              fresh,
              withheld,
              suggestions));
    }
    if (!renewals.isEmpty()) {
      List<WithheldDrug> left = fresh.isEmpty() ? withheld : List.of();
      cards.add(
          card(
              recommendation,
              summary(phrases, "summary.renewals", renewals),
              renewals,
              left,
              suggestions));
    }
    List<WithheldDrug> allergies =
        withheld.stream().filter(drug -> drug.cause() == Cause.ALLERGY).toList();
    if (cards.isEmpty() && !allergies.isEmpty()) {
      String summary = shorten(phrases.say("summary.withheld", allergies.get(0).display()));
      cards.add(card(recommendation, summary, List.of(), withheld, suggestions));
    }
    if (cards.isEmpty() && withheld.isEmpty()) {
      whyNothing(recommendation, phrases)
          .map(why -> card(recommendation, shorten(why), List.of(), List.of(), suggestions))
          .ifPresent(cards::add);
    }
    return cards;
  }

  /** Silence would read as "all was looked at, and no drug fits". */
  private static Optional<String> whyNothing(Recommendation recommendation, Phrases phrases) {
    PatientEvidence evidence = recommendation.request().evidence();
    if (evidence.nothingKnown()) {
      boolean dialogue = evidence instanceof DialogueEvidence;
      return Optional.of(
          phrases.say(dialogue ? "summary.nothing.dialogue" : "summary.nothing.visits"));
    }
    boolean scored = !recommendation.top().isEmpty();
    if (!scored && lacks(recommendation, Kind.OTHER_LANGUAGE)) {
      return Optional.of(phrases.say("summary.nothing.language"));
    }
    OmissionWords words = new OmissionWords(phrases);
    String lacking =
        recommendation.omissions().stream()
            .filter(omission -> NOT_SENT.contains(omission.kind()))
            .map(omission -> words.list(omission.subject()))
            .distinct()
            .collect(Collectors.joining(phrases.say("comma")));
    return lacking.isEmpty()
        ? Optional.empty()
        : Optional.of(phrases.say("summary.incomplete", lacking));
  }

  private static boolean lacks(Recommendation recommendation, Kind kind) {
    return recommendation.omissions().stream().anyMatch(omission -> omission.kind() == kind);
  }

  private static Card card(
      Recommendation recommendation,
      String summary,
      List<OfferedDrug> offered,
      List<WithheldDrug> withheld,
      SuggestionWriter suggestions) {
    List<OfferedDrug> dosed = offered.stream().filter(suggestions::fillsDosage).toList();
    return new Card(
        UUID.randomUUID(),
        summary,
        new CardDetail(recommendation).write(offered, withheld, dosed),
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

  private static String summary(Phrases phrases, String lead, List<OfferedDrug> drugs) {
    OfferedDrug first = drugs.get(0);
    String percent = CardDetail.percent(first.probability());
    String more = drugs.size() > 1 ? phrases.say("summary.more", drugs.size() - 1) : "";
    String empty = phrases.say("summary.drug", phrases.say(lead), "", percent, more);
    String name = shorten(first.display(), MAX_SUMMARY - empty.length());
    return phrases.say("summary.drug", phrases.say(lead), name, percent, more);
  }

  private static String shorten(String text) {
    return shorten(text, MAX_SUMMARY);
  }

  private static String shorten(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }
}
