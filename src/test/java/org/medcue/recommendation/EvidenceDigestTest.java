package org.medcue.recommendation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.medcue.clinical.Allergy;
import org.medcue.clinical.DrugCode;
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
  void textCannotPoseAsSeveralFields() {
    assertThat(EvidenceDigest.of(evidence(Set.of(), "x\ntext 1 y")))
        .isNotEqualTo(EvidenceDigest.of(evidence(Set.of(), "x", "y")));
  }
}
