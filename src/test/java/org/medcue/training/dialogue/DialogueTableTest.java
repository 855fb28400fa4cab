package org.medcue.training.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medcue.model.ddn.DdnConfig;
import org.medcue.model.learning.Calibration;

/** What is made of folds that were scored. */
class DialogueTableTest {

  private static final int DRUG = 3;
  private static final List<LabelledDialogue> DIALOGUES =
      IntStream.range(0, 60).mapToObj(i -> Talk.withDrugs("talks:" + i, DRUG)).toList();
  private static final List<CrossValidation.Fold> FOLDS = CrossValidation.STANDARD.folds(DIALOGUES);

  /** Says the drug, and of the others the first with a probability of its own. */
  private static Map<Integer, KeptFold> kept(double drug, double wrong, int folds) {
    Map<Integer, KeptFold> kept = new TreeMap<>();
    for (CrossValidation.Fold fold : FOLDS.subList(0, folds)) {
      DialogueScorer scorer = (dialogue, disease) -> Talk.probabilities(wrong, 0, 0, drug);
      kept.put(
          fold.number(),
          KeptFold.of(
              "data 1",
              System.nanoTime(),
              fold,
              protocol -> scorer,
              (w, d, t) -> {},
              FeasibilityCurve.BEGINNINGS));
    }
    return kept;
  }

  private static String table(Map<String, Map<Integer, KeptFold>> kept) {
    return new DialogueTable(FOLDS, new DialogueSystems(Talk.KNOWLEDGE, DdnConfig.standard()), kept)
        .markdown();
  }

  private static String row(String table, String title) {
    return table
        .lines()
        .filter(line -> line.startsWith("| " + title + " |"))
        .findFirst()
        .orElse("");
  }

  @Test
  void blendStandsBesideItsPartsWithItsGainOverEach() {
    Map<String, Map<Integer, KeptFold>> kept = new HashMap<>();
    kept.put("wording", kept(0.4, 0.5, 5)); // finds the drug only together with a wrong one
    kept.put("ddn-network", kept(0.9, 0.01, 5));

    String table = table(kept);

    String wording =
        row(table, "the same by speaker, with drugs that are named and what surrounds marks");
    assertThat(wording).contains("| 5 | 50.00 ± 0.00 | 66.67 ± 0.00 |").contains("+0.3333");
    assertThat(row(table, "DDN: the network blended with the regression on wording"))
        .contains("| 5 | 100.00 ± 0.00 | 100.00 ± 0.00 |");
    assertThat(table).contains("## Clinical protocol").contains("## Paper protocol");
  }

  @Test
  void systemsAreComparedOnTheFoldsThatBothHave() {
    Map<String, Map<Integer, KeptFold>> kept = new HashMap<>();
    kept.put("wording", kept(0.4, 0.5, 5));
    kept.put("ddn-network", kept(0.9, 0.01, 5));
    kept.put("lsan", kept(0.4, 0.5, 3));
    kept.put("retain", kept(0.4, 0.5, 1));

    String table = table(kept);

    assertThat(row(table, "LSAN")).contains("| 3 |").contains("+0.3333");
    assertThat(row(table, "RETAIN")).isEmpty(); // nothing to choose a threshold on
  }

  @Test
  void temperatureAndRulesComeFromAllFolds() {
    SystemFolds folds = new SystemFolds(FOLDS, List.copyOf(kept(0.9, 0.8, 5).values()));

    Calibration calibration = folds.calibration();
    SystemFolds calibrated = folds.calibrated();

    assertThat(calibration.temperature()).isNotEqualTo(1);
    double threshold = calibrated.rule(Protocol.CLINICAL).threshold();
    assertThat(threshold)
        .isGreaterThan(calibration.ofProbability(0.8f))
        .isLessThanOrEqualTo(calibration.ofProbability(0.9f));
    DialogueReport report = calibrated.report("ddn/1.0.0", Protocol.CLINICAL, null);
    assertThat(report.dialogues()).isEqualTo(60);
    assertThat(report.metrics().micro().f1()).isEqualTo(1);
    assertThat(report.threshold()).isCloseTo(threshold, within(1e-9));
    assertThat(calibrated.feasibility().points())
        .extracting(point -> point.metrics().micro().f1())
        .containsOnly(1.0);
  }
}
