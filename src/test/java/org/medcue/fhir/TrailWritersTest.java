package org.medcue.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.harness.FhirValidation;

class TrailWritersTest {

  private static final UUID SUBJECT = new UUID(0, 7);

  private static TrailEntry entry(String action) {
    return new TrailEntry(
        12,
        Instant.parse("2026-11-23T08:00:00.123456Z"),
        action,
        Optional.empty(),
        Optional.of("north"),
        "Practitioner/1",
        Optional.of(SUBJECT),
        Optional.of("p-1"),
        Optional.of("recommendation/" + new UUID(0, 1)),
        Map.of(
            "model", "mrkpa/2.0.0",
            "hook-instance", new UUID(0, 2).toString(),
            "remote", "127.0.0.1"),
        "ab".repeat(32));
  }

  private static TrailEntry failed(TrailEntry of, String reason, Map<String, String> details) {
    return new TrailEntry(
        of.seq(),
        of.recordedAt(),
        of.action(),
        Optional.of(reason),
        of.tenant(),
        of.actor(),
        of.subject(),
        Optional.empty(),
        of.entity(),
        details,
        of.hash());
  }

  private static JsonNode parse(String json) throws Exception {
    return new ObjectMapper().readTree(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "recommendation",
        "feedback",
        "view",
        "export",
        "patient-export",
        "patient-erasure",
        "purge",
        "model-change",
        "tenant-change",
        "login",
        "logout",
        "refusal",
        "key-change"
      })
  void auditEventsAreValid(String action) {
    assertThat(FhirValidation.errors(AuditEventWriter.json(entry(action)))).isEmpty();
    assertThat(
            FhirValidation.errors(
                AuditEventWriter.json(failed(entry(action), "token-expired", Map.of()))))
        .isEmpty();
  }

  @Test
  void auditEventSaysWhoActedThroughWhomOnWhom() throws Exception {
    JsonNode event = parse(AuditEventWriter.json(entry("recommendation")));

    assertThat(event.at("/subtype/0/code").asText()).isEqualTo("recommendation");
    assertThat(event.at("/action").asText()).isEqualTo("E");
    assertThat(event.at("/outcome").asText()).isEqualTo("0");
    assertThat(event.at("/agent/0/who/reference").asText()).isEqualTo("Practitioner/1");
    assertThat(event.at("/agent/0/network/address").asText()).isEqualTo("127.0.0.1");
    assertThat(event.at("/agent/1/who/identifier/value").asText()).isEqualTo("north");
    assertThat(event.at("/entity/0/what/reference").asText()).isEqualTo("Patient/p-1");
    assertThat(event.at("/entity/1/detail").toString()).contains("mrkpa/2.0.0", "abab");
  }

  @Test
  void erasedPatientIsAPseudonymOnly() throws Exception {
    JsonNode event = parse(AuditEventWriter.json(failed(entry("refusal"), "replayed", Map.of())));

    assertThat(event.at("/outcome").asText()).isEqualTo("4");
    assertThat(event.at("/outcomeDesc").asText()).isEqualTo("replayed");
    assertThat(event.at("/entity/0/what").has("reference")).isFalse();
    assertThat(event.at("/entity/0/what/identifier/value").asText()).isEqualTo(SUBJECT.toString());
  }

  @Test
  void recommendationIsAGuidanceResponse() throws Exception {
    String json = GuidanceResponseWriter.json(entry("recommendation")).orElseThrow();
    JsonNode response = parse(json);

    assertThat(FhirValidation.errors(json)).isEmpty();
    assertThat(response.path("status").asText()).isEqualTo("success");
    assertThat(response.at("/requestIdentifier/value").asText())
        .isEqualTo(new UUID(0, 2).toString());
    assertThat(response.path("moduleUri").asText()).isEqualTo("urn:medcue:model:mrkpa:2.0.0");
    assertThat(response.at("/subject/reference").asText()).isEqualTo("Patient/p-1");
  }

  @Test
  void missingDataAreADataRequirement() throws Exception {
    Map<String, String> details = Map.of("missing", "Patient", "service", "s-1");
    String json =
        GuidanceResponseWriter.json(failed(entry("recommendation"), "data-required", details))
            .orElseThrow();

    assertThat(FhirValidation.errors(json)).isEmpty();
    assertThat(parse(json).path("status").asText()).isEqualTo("data-required");
    assertThat(parse(json).at("/dataRequirement/0/type").asText()).isEqualTo("Patient");
  }

  @Test
  void otherRowsAreNoGuidance() {
    assertThat(GuidanceResponseWriter.json(entry("view"))).isEmpty();
  }
}
