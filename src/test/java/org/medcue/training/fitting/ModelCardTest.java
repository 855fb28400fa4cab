package org.medcue.training.fitting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medcue.clinical.AdministrativeGender;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.model.ModelManifest;
import org.medcue.model.visits.LabelSpace;
import org.medcue.training.TrainingException;
import org.medcue.training.evaluation.ModelEvaluation;
import org.medcue.training.evaluation.PairedDifference;
import org.medcue.training.evaluation.RunScores;
import org.medcue.training.evaluation.SampleReport;
import org.medcue.training.evaluation.SeedSummary;
import org.medcue.training.evaluation.VisitScore;

class ModelCardTest {

  private static final Map<String, String> PROVENANCE =
      Map.of(
          "dataFingerprint", "cafe",
          "splitSeed", "7",
          "bestEpoch", "11",
          "recipe",
              "{\"head\":\"a|b\",\"ontology\":false,\"preTraining\":null,"
                  + "\"attack\":{\"epsilon\":1.5,\"onTables\":true}}");

  private static final CohortFigures TRAINED_ON =
      new CohortFigures(
          397,
          Optional.of(new CohortFigures.Quartiles(38, 54, 67)),
          0,
          3,
          Map.of(AdministrativeGender.FEMALE, 205),
          Optional.of(new CohortFigures.Years(1951, 2021)),
          Optional.of(new CohortFigures.Quartiles(35, 62, 110)));

  /** Those marked with a star in the list of attributes, which nobody may know. */
  private static final List<Integer> MAY_BE_UNAVAILABLE =
      List.of(17, 18, 19, 20, 23, 24, 25, 27, 29, 30, 31);

  private static String card(LabelSpace space, List<SeedSummary> compared) {
    return card(PROVENANCE, space, compared);
  }

  private static String card(
      Map<String, String> provenance, LabelSpace space, List<SeedSummary> compared) {
    return card(provenance, TRAINED_ON, SampleReport.BETTER, space, compared);
  }

  private static String card(CohortFigures trainedOn) {
    return card(PROVENANCE, trainedOn, SampleReport.BETTER, LabelSpace.PRODUCT, List.of());
  }

  private static String card(PairedDifference aboveCopying) {
    return card(PROVENANCE, TRAINED_ON, aboveCopying, LabelSpace.PRODUCT, List.of());
  }

  private static String card(
      Map<String, String> provenance,
      CohortFigures trainedOn,
      PairedDifference aboveCopying,
      LabelSpace space,
      List<SeedSummary> compared) {
    ModelManifest manifest =
        new ModelManifest(
            "mrkpa",
            "2.0.0",
            JsonNodeFactory.instance.objectNode().put("hidden", 64),
            List.of(new KnowledgeVersion("icd-10-cm", "2021")),
            0.32,
            provenance,
            Map.of(),
            Map.of());
    return ModelCard.of(
        manifest,
        trainedOn,
        new ModelEvaluation(
            SampleReport.report("validation"), SampleReport.report("test", aboveCopying)),
        space,
        226,
        compared);
  }

  private static Map<Integer, String> attributes(String card) {
    Map<Integer, String> attributes = new HashMap<>();
    Pattern.compile("(?ms)^([0-9]+)\\. (\\*\\*.*?)(?=^[0-9]+\\. |^#|\\z)")
        .matcher(card)
        .results()
        .forEach(
            (MatchResult found) ->
                attributes.merge(
                    Integer.parseInt(found.group(1)),
                    found.group(2).replaceAll("\\s+", " "),
                    (a, b) -> {
                      throw new AssertionError("twice: " + found.group(1));
                    }));
    return attributes;
  }

  @Test
  void all31AttributesAreFilled() {
    String card = card(LabelSpace.PRODUCT, List.of());

    Map<Integer, String> attributes = attributes(card);
    assertThat(attributes.keySet())
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 31).boxed().toList());
    assertThat(card).doesNotContain("{", "}");
    attributes.forEach(
        (number, text) -> {
          assertThat(text).as("%d", number).hasSizeGreaterThan(25);
          if (!MAY_BE_UNAVAILABLE.contains(number)) {
            assertThat(text.toLowerCase()).as("%d", number).doesNotContain("not available");
            assertThat(text).as("%d", number).doesNotContain("to be stated");
          }
        });
  }

  @Test
  void figuresStandWhereTheyBelong() {
    Map<Integer, String> attributes = attributes(card(LabelSpace.ATC4, List.of()));

    assertThat(attributes.get(3))
        .contains("226 ATC classes of level 4 (label space ATC4)", "temperature 1.310")
        .contains("calibrated by temperature on validation patients");
    assertThat(attributes.get(4)).contains("at most 5 suggestions", "0.20 or more");
    assertThat(attributes.get(6))
        .contains("397 patients; aged 54 at the last visit in the median (quartiles 38 and 67)");
    assertThat(attributes.get(13))
        .contains("visits from 1951 to 2021, 62 of a patient in the median (quartiles 35 and 110)")
        .contains("`cafe`");
    assertThat(attributes.get(21)).contains("seed 7", "epoch 11", "threshold 0.320");
    String card = card(LabelSpace.ATC4, List.of());
    assertThat(card)
        .contains("| test, 5972 of 93 patients | this version | 0.900 | 0.910 | 0.950 |")
        .contains("| test | 0.0412 | 0.0085 | 0.0050 | 0.0030 | 0.0029 |")
        .contains("| age band 0-17 | – | – | not shown | – | – | – |")
        .contains("| sex female | 299 | 2981 | 0.850 (0.800 to 0.910) |")
        .contains("| test | 0.881 | 0.892 | 0.903 | 1.840 | 95.1 % | 98.7 % |")
        .contains("One seed;")
        .contains("hidden 64", "icd-10-cm 2021")
        .contains(
            "- recipe: head ab, without ontology, without pre training, attack (epsilon 1.5, with on"
                + " tables)");
  }

  @Test
  void cardSaysWhetherItIsBetterThanCopying() {
    assertThat(attributes(card(SampleReport.BETTER)).get(10))
        .contains("this version is better than copying the last visit")
        .contains("+0.180 (95 % interval over patients +0.130 to +0.260)");
    assertThat(attributes(card(new PairedDifference(0.01, -0.01, 0.03))).get(10))
        .contains("this version is not shown to be better than copying the last visit")
        .contains("+0.010 (95 % interval over patients -0.010 to +0.030)");
    assertThat(attributes(card(new PairedDifference(-0.02, -0.03, -0.01))).get(10))
        .contains("this version is worse than copying the last visit");
  }

  @Test
  void cardOfAnotherCohortDoesNotSpeakOfTheBundledOne() {
    String card = card(TRAINED_ON);

    assertThat(card).doesNotContain("580", "Synthea", "Massachusetts", "-0.000");
  }

  @Test
  void childrenAreOutOfScopeWhereNotLearnedFrom() {
    assertThat(attributes(card(TRAINED_ON)).get(9))
        .contains("children (of the patients trained on fewer than 10 were under 18");
    assertThat(attributes(card(CohortFiguresTest.figures(12, 17))).get(9))
        .doesNotContainIgnoringCase("children");
    assertThat(attributes(card(CohortFiguresTest.figures(12, 17))).get(6)).contains("12 under 18");
    assertThat(attributes(card(CohortFiguresTest.figures(12, 18))).get(9))
        .contains("none was under 18");
    assertThat(attributes(card(CohortFiguresTest.figures(9, 17))).get(9))
        .contains("children (ages of the patients trained on are not known)");
  }

  @Test
  void seedsAndBaselinesGiveMeanAndDeviation() {
    List<RunScores> runs = List.of(run(1, 1), run(2, 2), run(3, 1));
    List<RunScores> copying =
        List.of(new RunScores("copy", 0, 0, List.of(patient(new VisitScore(1, 1, 2, 2, NAN)))));

    String card = card(LabelSpace.PRODUCT, List.of(SeedSummary.of(runs), SeedSummary.of(copying)));

    // Jaccard 1/3, 1, 1/3: mean 5/9, deviation sqrt((2 (2/9)^2 + (4/9)^2) / 2) = 0.385
    assertThat(card)
        .contains("| mrkpa | 3 | 0.556 ± 0.385 |")
        .contains("| copy | 1 | 0.333 | 0.500 | – |")
        .doesNotContain("One seed;");
  }

  private static final double NAN = Double.NaN;

  private static RunScores run(long seed, int hits) {
    return new RunScores("mrkpa", seed, 0.3, List.of(patient(new VisitScore(1, hits, 2, 2, 0.5))));
  }

  private static RunScores.Patient patient(VisitScore visit) {
    return RunScores.Patient.of("p", List.of(visit));
  }

  @Test
  void missingFigureIsNamed() {
    Map<String, String> provenance = new HashMap<>(PROVENANCE);
    provenance.remove("bestEpoch");
    provenance.remove("splitSeed");

    assertThatThrownBy(() -> card(provenance, LabelSpace.PRODUCT, List.of()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("model card")
        .hasMessageContaining("bestEpoch, splitSeed");
  }

  @Test
  void valueIsNoTemplate() {
    assertThat(ModelCard.fill("{a} {b}", Map.of("a", "{b} $1", "b", "2"))).isEqualTo("{b} $1 2");
  }
}
