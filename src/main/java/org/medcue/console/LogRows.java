package org.medcue.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.medcue.audit.Actor;
import org.medcue.recommendation.LogSearch;
import org.medcue.recommendation.LoggedRecommendation;
import org.medcue.recommendation.LoggedRecommendation.CardOutcome;
import org.medcue.recommendation.LoggedRecommendation.Clinical;
import org.medcue.recommendation.RecommendationLog;

/** Puts the newest log entries together with what became of their cards. */
@ApplicationScoped
class LogRows {

  private static final int ROWS = 10;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private final RecommendationLog log;
  private final DemoPatients patients;
  private final ObjectMapper json;

  LogRows(RecommendationLog log, DemoPatients patients, ObjectMapper json) {
    this.log = log;
    this.patients = patients;
    this.json = json;
  }

  List<LogRow> newest(Actor viewer) {
    return log.page(viewer, LogSearch.all(), 0, ROWS).items().stream().map(this::row).toList();
  }

  Optional<LoggedRecommendation> find(Actor viewer, UUID id) {
    return log.find(viewer, id);
  }

  /** An entry as the API gives it, for reading. */
  String json(LoggedRecommendation entry) {
    try {
      JsonNode tree = json.readTree(json.writeValueAsString(entry));
      return json.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the log holds what was written to it", e);
    }
  }

  private LogRow row(LoggedRecommendation entry) {
    return new LogRow(
        entry.id().toString(),
        TIME.format(entry.servedAt()),
        patients.all().stream()
            .filter(patient -> patient.patientId().equals(entry.patientId()))
            .map(DemoPatient::name)
            .findFirst()
            .orElse(entry.patientId()),
        suggestions(entry.clinical()),
        outcome(entry.outcomes()),
        entry.model().name() + " " + entry.model().version(),
        entry.latencyMillis());
  }

  private static String outcome(List<CardOutcome> cards) {
    if (cards.isEmpty()) {
      return "no card";
    }
    TreeSet<String> words = new TreeSet<>();
    cards.forEach(
        card ->
            card.outcome()
                .ifPresent(
                    outcome -> words.add(outcome.equals("overridden") ? "rejected" : outcome)));
    return words.isEmpty() ? "no response yet" : String.join(", ", words);
  }

  private String suggestions(Clinical clinical) {
    String cards = clinical.cards();
    if (cards == null) {
      return clinical.content();
    }
    List<String> labels = new ArrayList<>();
    for (JsonNode card : parse(cards)) {
      card.path("suggestions")
          .forEach(
              s -> labels.add(s.path("label").asText().replaceFirst("^(Order|Renew|开具|续开) ", "")));
    }
    return labels.isEmpty() ? "none" : String.join(" · ", labels);
  }

  private JsonNode parse(String cards) {
    try {
      return json.readTree(cards);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the log holds what was written to it", e);
    }
  }
}
