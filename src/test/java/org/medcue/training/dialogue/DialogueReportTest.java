package org.medcue.training.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DialogueReportTest {

  private static final Offset<Double> EXACTLY = within(1e-9);

  /** Twelve of gastritis, of which three are right, and four of pneumonia, all wrong. */
  private static DialogueReport report() {
    List<ScoredDialogue> dialogues = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      dialogues.add(scored("talks:" + i, "胃炎", i < 3 ? 0.9 : 0.1));
    }
    for (int i = 12; i < 16; i++) {
      dialogues.add(scored("talks:" + i, "肺炎", 0.1));
    }
    DecisionRule rule = new DecisionRule(0.5);
    return DialogueReport.of(
        "ddn", Protocol.CLINICAL, List.of(new ScoredFold(rule, dialogues)), null);
  }

  private static ScoredDialogue scored(String id, String disease, double probability) {
    return ScoredDialogue.of(
        Talk.labelled(id, Talk.dialogue("P痛"), disease, "黄连素"), Talk.probabilities(probability));
  }

  @Test
  void jsonHoldsWhatIsPromised() {
    JsonNode json = JsonMapper.builder().build().valueToTree(report());

    assertThat(json.at("/dialogues").intValue()).isEqualTo(16);
    assertThat(json.at("/threshold").doubleValue()).isEqualTo(0.5);
    assertThat(json.at("/protocol").textValue()).isEqualTo("clinical");
    assertThat(json.at("/asServed/meanShown").doubleValue()).isEqualTo(1);
    assertThat(json.at("/asServed/precision").doubleValue()).isEqualTo(1);
    assertThat(json.at("/metrics/micro/jaccard").doubleValue()).isCloseTo(3 / 16.0, EXACTLY);
    assertThat(json.at("/metrics/micro/f1").doubleValue()).isCloseTo(6 / 19.0, EXACTLY);
    assertThat(json.at("/metrics/sample/jaccard").doubleValue()).isCloseTo(3 / 16.0, EXACTLY);
    assertThat(json.at("/metrics/sample/f1").doubleValue()).isCloseTo(3 / 16.0, EXACTLY);
    assertThat(json.at("/metrics/sample/prAuc").doubleValue()).isCloseTo(1, EXACTLY);
    assertThat(json.at("/metrics/meanPredicted").doubleValue()).isCloseTo(3 / 16.0, EXACTLY);
    assertThat(json.at("/metrics/meanPrescribed").doubleValue()).isEqualTo(1);
    assertThat(json.at("/metrics/intervals/microF1/low").doubleValue()).isLessThan(6 / 19.0);
    assertThat(json.at("/metrics/intervals/microF1/high").doubleValue()).isGreaterThan(6 / 19.0);
    assertThat(json.at("/errors/nothing/dialogues").intValue()).isEqualTo(13);
    assertThat(json.at("/diseases/1/micro/jaccard").doubleValue()).isCloseTo(3 / 12.0, EXACTLY);
    assertThat(json.at("/caution").isMissingNode()).isTrue();
  }

  @Test
  void errorsAreSharesOfTheWrongDialogues() {
    DialogueReport report = report();

    assertThat(report.right()).isEqualTo(3);
    assertThat(report.errors())
        .hasSize(5)
        .containsEntry(ErrorClass.NOTHING, new DialogueReport.Errors(13, 1))
        .containsEntry(ErrorClass.MIXED, new DialogueReport.Errors(0, 0));
  }

  @Test
  void groupsOfFewDialoguesKeepTheirNamesAlone() {
    DialogueReport report = report();

    assertThat(report.diseases())
        .extracting(DialogueGroup::name)
        .containsExactly("pneumonia", "gastritis");
    assertThat(report.diseases().get(0))
        .isEqualTo(new DialogueGroup("pneumonia", null, true, null));
    assertThat(report.departments())
        .extracting(DialogueGroup::name)
        .containsExactly("respiratory", "gastroenterology");
    assertThat(report.departments().get(1).dialogues()).isEqualTo(12);
    assertThat(report.departments().get(1).few()).isTrue();
  }

  @Test
  void shareOfDrugsThatTheModelKnows() {
    assertThat(report().labelCoverage()).isEqualTo(1);
  }
}
