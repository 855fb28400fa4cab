package org.medcue.training.fitting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.model.ModelManifest;
import org.medcue.model.visits.LabelSpace;
import org.medcue.training.TrainingException;
import org.medcue.training.evaluation.ModelEvaluation;
import org.medcue.training.evaluation.RunScores;
import org.medcue.training.evaluation.SampleReport;
import org.medcue.training.evaluation.SeedSummary;
import org.medcue.training.evaluation.VisitScore;

class ModelCardTest {

  private static final Map<String, String> PROVENANCE =
      Map.of(
          "dataFingerprint", "cafe",
          "trainingPatients", "397",
          "splitSeed", "7",
          "bestEpoch", "11",
          "options", "{\"head\": \"a|b\"}");

  /** Those marked with a star in the list of attributes, which nobody may know. */
  private static final List<Integer> MAY_BE_UNAVAILABLE =
      List.of(17, 18, 19, 20, 23, 24, 25, 27, 29, 30, 31);

  private static String card(LabelSpace space, List<SeedSummary> compared) {
    return card(PROVENANCE, space, compared);
  }

  private static String card(
      Map<String, String> provenance, LabelSpace space, List<SeedSummary> compared) {
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
        new ModelEvaluation(SampleReport.report("validation"), SampleReport.report("test")),
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
    assertThat(attributes.get(6)).contains("397");
    assertThat(attributes.get(13)).contains("`cafe`");
    assertThat(attributes.get(21)).contains("seed 7", "epoch 11", "threshold 0.320");
    String card = card(LabelSpace.ATC4, List.of());
    assertThat(card)
        .contains("| test, 5972 of 93 patients | this version | 0.900 | 0.910 | 0.950 |")
        .contains("| test | 0.0412 | 0.0085 | 0.0050 | 0.0030 | 0.0029 |")
        .contains("| age band 0-17 | 2 | 11 (few) | 0.850 (0.800 to 0.910) |")
        .contains("| sex female | 299 | 2981 |")
        .contains("One seed;")
        .contains("hidden 64", "icd-10-cm 2021", "- options: head: ab");
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
