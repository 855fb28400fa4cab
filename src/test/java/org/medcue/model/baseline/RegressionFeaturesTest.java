package org.medcue.model.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.clinical.CodeRole.ACTIVE;
import static org.medcue.clinical.CodeRole.REASON;
import static org.medcue.clinical.CodeRole.RECORDED;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.medcue.clinical.CodeRole;
import org.medcue.clinical.DiagnosisCode;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.Symptom;
import org.medcue.clinical.Visit;
import org.medcue.model.mrkpa.SmallCohort;
import org.medcue.model.visits.CodeCoverage;
import org.medcue.model.visits.EncodedVisit;
import org.medcue.model.visits.LabelSpace;
import org.medcue.model.visits.PatientBatches;
import org.medcue.model.visits.VisitBatch;
import org.medcue.model.visits.VisitEncoding;
import org.medcue.model.visits.Vocabulary;

/** Codes without ancestors, so that each node is a code of this patient. */
class RegressionFeaturesTest {

  private static final PatientRecord PATIENT =
      SmallCohort.patient(
          "p",
          visit(0, Map.of("I10", REASON, "E78.5", ACTIVE), Map.of(), "314076"),
          visit(1, Map.of("I10", RECORDED), Map.of("R05.9", REASON)),
          visit(2, Map.of("E78.5", REASON, "I10", ACTIVE), Map.of(), "197886"),
          visit(3, Map.of("I10", REASON), Map.of("R05.9", ACTIVE), "314076", "197886"));

  private static final Vocabulary VOCABULARY =
      Vocabulary.of(PATIENT.visits(), SmallCohort.KNOWLEDGE, LabelSpace.PRODUCT, false);

  @Test
  void firstVisitHasItsOwnCodesByRole() {
    assertThat(features(0, true))
        .containsExactlyInAnyOrderEntriesOf(Map.of("reason I10", 1f, "active E78.5", 1f));
  }

  @Test
  void historyGivesLastDrugsAndShares() {
    assertThat(features(3, false))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "last 197886",
                1f,
                "share 314076",
                1f / 2, // of the two earlier visits with drugs
                "share 197886",
                1f / 2,
                "reason I10",
                1f,
                "active R05.9",
                1f,
                "past I10",
                1f, // of all three earlier visits
                "past E78.5",
                2f / 3,
                "past R05.9",
                1f / 3));
  }

  @Test
  void sameReasonAddsTheLastDrugsOrderedForIt() {
    Map<String, Float> more = features(3, true);
    more.keySet().removeAll(features(3, false).keySet());

    assertThat(features(3, false))
        .containsEntry("last 197886", 1f)
        .doesNotContainKey("last 314076");
    assertThat(more).containsExactlyInAnyOrderEntriesOf(Map.of("same 314076", 1f));
  }

  private static Visit visit(
      int day, Map<String, CodeRole> diagnoses, Map<String, CodeRole> symptoms, String... drugs) {
    Map<DiagnosisCode, CodeRole> d = new TreeMap<>();
    diagnoses.forEach((code, role) -> d.put(new DiagnosisCode(code), role));
    Map<Symptom, CodeRole> s = new TreeMap<>();
    symptoms.forEach((code, role) -> s.put(new Symptom(code), role));
    Set<DrugCode> codes = Stream.of(drugs).map(DrugCode::new).collect(Collectors.toSet());
    Instant start = Instant.parse("2020-01-01T08:00:00Z").plus(day, ChronoUnit.DAYS);
    return Visit.of("visit-" + day, start, d, s, codes);
  }

  /** The features other than 0 by name. */
  private static Map<String, Float> features(int target, boolean sameReason) {
    VisitEncoding encoding = new VisitEncoding(VOCABULARY, SmallCohort.KNOWLEDGE);
    List<EncodedVisit> visits = new ArrayList<>();
    for (Visit visit : PATIENT.visits()) {
      visits.add(encoding.encode(visit, new CodeCoverage()));
    }
    VisitBatch batch = new VisitBatch(VOCABULARY.labels().size());
    PatientBatches.add(batch, visits, List.of(0, target));
    RegressionFeatures features = new RegressionFeatures(VOCABULARY, sameReason);
    List<String> names = names(sameReason);
    assertThat(features.count()).isEqualTo(names.size());
    Map<String, Float> byName = new TreeMap<>();
    float[] values = features.of(batch);
    for (int i = 0; i < names.size(); i++) {
      if (values[names.size() + i] != 0) {
        byName.put(names.get(i), values[names.size() + i]);
      }
    }
    return byName;
  }

  private static List<String> names(boolean sameReason) {
    List<String> codes = new ArrayList<>(VOCABULARY.diagnoses().nodes());
    codes.addAll(VOCABULARY.symptoms().nodes());
    List<String> names = new ArrayList<>();
    for (String block : List.of("last", "share", "reason", "recorded", "active", "past", "same")) {
      boolean ofDrugs = List.of("last", "share", "same").contains(block);
      if (sameReason || !block.equals("same")) {
        (ofDrugs ? VOCABULARY.drugs().nodes() : codes).forEach(c -> names.add(block + " " + c));
      }
    }
    return names;
  }
}
