package org.medcue.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medcue.clinical.Allergy;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.DialogueEvidence;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Speaker;
import org.medcue.clinical.StatedDiagnosis;
import org.medcue.clinical.StatedDiagnosis.Source;
import org.medcue.clinical.Utterance;
import org.medcue.clinical.Visit;
import org.medcue.clinical.VisitEvidence;
import org.medcue.clinical.VisitSequence;

class EvidenceDigestTest {

  private static final DrugCode A = new DrugCode("1");
  private static final DrugCode B = new DrugCode("2");

  private static VisitEvidence evidence(Set<DrugCode> current, String... allergies) {
    Visit present =
        Visit.of("e", Instant.parse("2026-01-01T00:00:00Z"), Map.of(), Map.of(), Set.of());
    return new VisitEvidence(
        new VisitSequence(List.of(), present),
        current,
        List.of(allergies).stream().map(text -> new Allergy(Optional.empty(), text)).toList(),
        Map.of(),
        List.of());
  }

  @Test
  void orderOfSetsDoesNotMatter() {
    assertThat(EvidenceDigest.of(evidence(new LinkedHashSet<>(List.of(A, B)))))
        .isEqualTo(EvidenceDigest.of(evidence(new LinkedHashSet<>(List.of(B, A)))))
        .matches("[0-9a-f]{64}");
  }

  @Test
  void otherEvidenceHasAnotherDigest() {
    assertThat(EvidenceDigest.of(evidence(Set.of(A))))
        .isNotEqualTo(EvidenceDigest.of(evidence(Set.of(B))));
  }

  @Test
  void everyWordOfADialogueAndWhoSaidItCount() {
    Utterance said = new Utterance(Speaker.PATIENT, "反酸");
    Utterance asked = new Utterance(Speaker.DOCTOR, "反酸");

    assertThat(
            Stream.of(
                    dialogue(List.of(), said),
                    dialogue(List.of(), asked),
                    dialogue(List.of(), said, asked),
                    dialogue(List.of("胃炎"), said))
                .map(EvidenceDigest::of))
        .doesNotHaveDuplicates()
        .allMatch(digest -> digest.matches("[0-9a-f]{64}"));
  }

  private static DialogueEvidence dialogue(List<String> diagnoses, Utterance... utterances) {
    return new DialogueEvidence(
        new Dialogue(List.of(utterances)),
        diagnoses.stream()
            .map(text -> new StatedDiagnosis(Source.ORDER, List.of(), List.of(text)))
            .toList(),
        Set.of(),
        List.of(),
        Map.of(),
        List.of());
  }

  @Test
  void textCannotPoseAsSeveralFields() {
    assertThat(EvidenceDigest.of(evidence(Set.of(), "x\ntext 1 y")))
        .isNotEqualTo(EvidenceDigest.of(evidence(Set.of(), "x", "y")));
  }
}
