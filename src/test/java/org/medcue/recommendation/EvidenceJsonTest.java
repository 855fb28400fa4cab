package org.medcue.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.medcue.clinical.Allergy;
import org.medcue.clinical.CodeRole;
import org.medcue.clinical.DiagnosisCode;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.DialogueEvidence;
import org.medcue.clinical.Drug;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.DrugLabel;
import org.medcue.clinical.Omission;
import org.medcue.clinical.PatientEvidence;
import org.medcue.clinical.Speaker;
import org.medcue.clinical.StatedDiagnosis;
import org.medcue.clinical.Symptom;
import org.medcue.clinical.Utterance;
import org.medcue.clinical.Visit;
import org.medcue.clinical.VisitEvidence;
import org.medcue.clinical.VisitSequence;

class EvidenceJsonTest {

  private static final HookCall CALL =
      new HookCall("local", new UUID(0, 1), "Practitioner/1", "p", Optional.of("e"));
  private static final DrugCode LISINOPRIL = new DrugCode("314076");
  private static final List<Allergy> ALLERGIES =
      List.of(
          new Allergy(Optional.of(new DrugCode("7980")), "Penicillin \"V\"\n"),
          new Allergy(Optional.empty(), "鸡蛋 😀"));
  private static final List<Omission> OMISSIONS =
      List.of(new Omission(Omission.Kind.NO_CODE, "Condition", 2));

  private static final VisitEvidence CHART =
      new VisitEvidence(
          new VisitSequence(
              List.of(
                  Visit.of(
                      "v-1",
                      Instant.parse("2019-12-31T23:59:59.123456789Z"),
                      Map.of(
                          new DiagnosisCode("E11.9"), CodeRole.REASON,
                          new DiagnosisCode("I10"), CodeRole.ACTIVE),
                      Map.of(new Symptom("57676002"), CodeRole.RECORDED),
                      Set.of(LISINOPRIL, new DrugCode("860975")))),
              Visit.of(
                  "v-2",
                  Instant.parse("2026-06-01T00:00:00Z"),
                  Map.of(new DiagnosisCode("I10"), CodeRole.RECORDED),
                  Map.of(new Symptom("R05.9"), CodeRole.ACTIVE),
                  Set.of())),
          Set.of(LISINOPRIL),
          ALLERGIES,
          Map.of("I10", "Hypertension"),
          OMISSIONS);

  private static final DialogueEvidence TALK =
      new DialogueEvidence(
          new Dialogue(
              List.of(
                  new Utterance(Speaker.PATIENT, "晚上反酸", Optional.of("m-1")),
                  new Utterance(Speaker.DOCTOR, "多久了？"))),
          List.of(
              new StatedDiagnosis(
                  StatedDiagnosis.Source.ORDER,
                  List.of(new DiagnosisCode("K21.9")),
                  List.of("胃食管反流病"))),
          Set.of(LISINOPRIL, new DrugLabel("奥美拉唑")),
          ALLERGIES,
          Map.of(),
          OMISSIONS);

  private static RecommendationRequest request(PatientEvidence evidence) {
    Set<Drug> drafts = Set.of(LISINOPRIL, new DrugLabel("多潘立酮"));
    return new RecommendationRequest(
        "service", CALL, evidence, drafts, true, Set.of(new DrugLabel("铝碳酸镁")), Language.ZH);
  }

  private static RecommendationRequest reread(RecommendationRequest request)
      throws JsonProcessingException {
    String text = EvidenceJson.MAPPER.writeValueAsString(EvidenceJson.write(request));
    return EvidenceJson.read(EvidenceJson.MAPPER.readTree(text), "service", CALL);
  }

  @Test
  void visitsAreReadBackEqual() throws JsonProcessingException {
    RecommendationRequest reread = reread(request(CHART));

    assertThat(reread).isEqualTo(request(CHART));
    assertThat(EvidenceDigest.of(reread.evidence())).isEqualTo(EvidenceDigest.of(CHART));
  }

  @Test
  void dialoguesAreReadBackEqual() throws JsonProcessingException {
    RecommendationRequest reread = reread(request(TALK));

    assertThat(reread).isEqualTo(request(TALK));
    assertThat(EvidenceDigest.of(reread.evidence())).isEqualTo(EvidenceDigest.of(TALK));
  }
}
