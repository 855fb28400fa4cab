package org.medcue.model.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.DialogueEvidence;
import org.medcue.clinical.DiseaseRead;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.DrugPrediction;
import org.medcue.clinical.Omission;
import org.medcue.clinical.ScoredDrug;
import org.medcue.clinical.Speaker;
import org.medcue.clinical.Utterance;
import org.medcue.clinical.VisitEvidence;
import org.medcue.clinical.VisitSequence;
import org.medcue.model.ModelFolder;
import org.medcue.model.ModelManifest;
import org.medcue.model.mrkpa.SmallCohort;

class ProfileCountsTest {

  private static final DrugCode LISINOPRIL = new DrugCode("314076");

  private static VisitEvidence chart() {
    return new VisitEvidence(
        new VisitSequence(
            List.of(SmallCohort.visit(1, Set.of("E11.9"), Set.of(), Set.of("314076"))),
            SmallCohort.visit(9, Set.of("I10"), Set.of("R05.9"), Set.of())),
        Set.of(),
        List.of(),
        Map.of(),
        List.of());
  }

  private static DrugPrediction prediction(double... probabilities) {
    List<ScoredDrug> ranked =
        java.util.Arrays.stream(probabilities)
            .mapToObj(p -> new ScoredDrug(new DrugCode(String.valueOf((int) (1000 * p))), p))
            .toList();
    return new DrugPrediction(
        ranked, List.of(new Omission(Omission.Kind.UNKNOWN_CODE, "diagnosis", 1)));
  }

  @Test
  void visitIsItsPresentCodesAndWhatACardShows() {
    Observation seen = Observation.of(chart(), prediction(0.9, 0.8, 0.7, 0.6, 0.5, 0.4));

    assertThat(seen.codes()).containsExactly("I10", "R05.9");
    assertThat(seen.drugs()).containsExactly("900", "800", "700", "600", "500");
    assertThat(seen.unknown()).isEqualTo(1);
    assertThat(seen.read()).isEqualTo(4);
    assertThat(seen.length()).isEmpty();
    assertThat(Observation.of(chart(), prediction(0.2, 0.09)).drugs()).containsExactly("200");
    assertThat(Observation.of(chart(), prediction(0.09)).drugs()).containsExactly(Observation.NONE);
  }

  @Test
  void dialogueIsItsDiseaseAndItsLength() {
    DialogueEvidence talk =
        new DialogueEvidence(
            new Dialogue(List.of(new Utterance(Speaker.PATIENT, "反酸"))),
            List.of(),
            Set.of(),
            List.of(),
            Map.of(),
            List.of());
    DrugPrediction prediction =
        new DrugPrediction(
            List.of(),
            List.of(),
            Optional.of(new DiseaseRead("其他", "other", DiseaseRead.Basis.UNKNOWN)));

    Observation seen = Observation.of(talk, prediction);

    assertThat(seen.codes()).containsExactly("其他");
    assertThat(seen.length()).contains("0-5");
    assertThat(seen.unknown()).isEqualTo(1);
    assertThat(seen.read()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0, 0-5", "5, 0-5", "6, 6-10", "20, 16-20", "50, 31-50", "51, 51+"})
  void lengthsAreBinned(int utterances, String bin) {
    assertThat(Observation.lengthOf(utterances)).isEqualTo(bin);
  }

  @Test
  void whatFewerThanTenPeopleHaveHasNoBinOfItsOwn() {
    ProfileCounts counts = new ProfileCounts();
    for (int person = 0; person < 10; person++) {
      counts.add("p" + person, observation(person < 9 ? "E11.9" : "I10"));
      counts.add("p" + person, observation("J20.9"));
    }
    for (int visit = 0; visit < 100; visit++) {
      counts.add("p0", observation("N18.6"));
    }

    TrainingProfile profile = counts.profile(0.02);

    assertThat(profile.codes().shares().keySet()).containsExactly("J20.9", Distribution.OTHER);
    assertThat(profile.codes().total()).isEqualTo(120);
    assertThat(profile.unknownInTraining()).isEqualTo(0.25);
    assertThat(profile.unknownInValidation()).isEqualTo(0.02);
  }

  private static Observation observation(String code) {
    return new Observation(List.of(code), List.of(LISINOPRIL.value()), Optional.empty(), 1, 4);
  }

  @Test
  void profileIsReadBackFromAVersion(@TempDir Path folder) throws IOException {
    ProfileCounts counts = new ProfileCounts();
    for (int person = 0; person < 12; person++) {
      counts.add("p" + person, observation("I10"));
    }
    TrainingProfile profile = counts.profile(0);
    profile.write(folder);

    assertThat(TrainingProfile.of(seal(folder))).isEqualTo(profile);

    Files.writeString(folder.resolve(TrainingProfile.FILE), "{\"codes\": null}");
    assertThatThrownBy(() -> TrainingProfile.of(seal(folder)))
        .hasMessageContaining(TrainingProfile.FILE);
  }

  private static ModelFolder seal(Path folder) {
    return ModelFolder.seal(
        folder,
        new ModelManifest(
            "mrkpa",
            "0.0.1",
            com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode(),
            List.of(),
            0.3,
            Map.of(),
            Map.of(),
            Map.of()));
  }

  @Test
  void moreBinsThanAnyoneLooksAtAreRefused() {
    Map<String, Double> shares = new HashMap<>();
    for (int bin = 0; bin <= 200; bin++) {
      shares.put(String.valueOf(bin), 0.0);
    }

    assertThatThrownBy(() -> new Distribution(1, shares))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than 200 bins");
  }
}
