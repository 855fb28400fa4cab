package org.medcue.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.medcue.recommendation.RecommendationService;
import org.medcue.recommendation.RecommendationServices;

/** The patients bundled for a person who tries Medcue. */
@ApplicationScoped
class DemoPatients {

  private static final List<String> KEYS =
      List.of(
          "heart-failure",
          "hypertension-allergies",
          "asthma-emphysema",
          "chronic-pain",
          "acute-bronchitis",
          "reflux-dialogue");

  private final ObjectMapper json;
  private final RecommendationService recommendations;
  private final List<DemoPatient> patients;

  DemoPatients(ObjectMapper json, RecommendationService recommendations) {
    this.json = json;
    this.recommendations = recommendations;
    this.patients = KEYS.stream().map(this::read).toList();
  }

  /** Those whose service a model answers for. */
  List<DemoPatient> all() {
    return patients.stream().filter(one -> recommendations.answers(one.service())).toList();
  }

  Optional<DemoPatient> find(String key) {
    return patients.stream().filter(patient -> patient.key().equals(key)).findFirst();
  }

  /**
   * The request of a patient as a new call.
   *
   * @param visit stands in for the visit's identifier, so that each start of the page is a visit of
   *     its own and remembers only its own rejections
   */
  static String request(DemoPatient patient, UUID visit) {
    return patient
        .request()
        .replace(patient.encounterId(), visit.toString())
        .replaceFirst("(\"hookInstance\"\\s*:\\s*)\"[^\"]*\"", "$1\"" + UUID.randomUUID() + "\"");
  }

  private DemoPatient read(String key) {
    String name = "/demo/" + key + ".json";
    try (@Nullable InputStream in = DemoPatients.class.getResourceAsStream(name)) {
      JsonNode request = json.readTree(Objects.requireNonNull(in, name));
      String pretty = json.writerWithDefaultPrettyPrinter().writeValueAsString(request);
      return patient(key, request, pretty);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name, e);
    }
  }

  private static DemoPatient patient(String key, JsonNode request, String pretty) {
    JsonNode prefetch = request.path("prefetch");
    JsonNode patient = prefetch.path("patient");
    JsonNode present = prefetch.path("encounters").path("entry").path(0).path("resource");
    String date = present.path("period").path("start").asText().substring(0, 10);
    int age =
        Period.between(LocalDate.parse(patient.path("birthDate").asText()), LocalDate.parse(date))
            .getYears();
    JsonNode name = patient.path("name").path(0);
    boolean dialogue = prefetch.has("communications");
    return new DemoPatient(
        key,
        dialogue
            ? RecommendationServices.MEDICATIONS_FROM_DIALOGUE
            : RecommendationServices.MEDICATIONS_FROM_VISITS,
        name.path("given").path(0).asText() + " " + name.path("family").asText(),
        patient.path("gender").asText() + ", " + age,
        date + " · " + reason(present),
        (dialogue
                ? count(prefetch, "communications") + " messages, "
                : (count(prefetch, "encounters") - 1) + " earlier visits, ")
            + count(prefetch, "medications")
            + " drug orders, "
            + count(prefetch, "allergies")
            + " allergies",
        pretty,
        request.path("context").path("patientId").asText(),
        request.path("context").path("encounterId").asText());
  }

  private static String reason(JsonNode encounter) {
    String reason =
        encounter.path("reasonCode").path(0).path("coding").path(0).path("display").asText("");
    String text = reason.isEmpty() ? encounter.path("type").path(0).path("text").asText() : reason;
    // SNOMED CT names end with their kind in brackets
    return text.replaceFirst(" \\([a-z ]+\\)$", "");
  }

  private static int count(JsonNode prefetch, String key) {
    return prefetch.path(key).path("entry").size();
  }
}
