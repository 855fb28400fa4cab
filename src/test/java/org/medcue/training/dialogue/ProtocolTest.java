package org.medcue.training.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.clinical.Dialogue;

class ProtocolTest {

  private static final Dialogue MARKED =
      Talk.dialogue("P胃痛三天，吃过奥美拉唑", "D反酸吗", "P有", "D建议口服[MASK]，[MASK]，饭前", "P谢谢");

  @Test
  void clinicalEndsWhereTheFirstMarkBegins() {
    assertThat(Protocol.CLINICAL.read(MARKED))
        .isEqualTo(Talk.dialogue("P胃痛三天，吃过奥美拉唑", "D反酸吗", "P有", "D建议口服"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "D建议口服[MASK]",
        "D建议口服[MASK]，[MASK]，[MASK]，[MASK]",
        "D建议口服[mask]，饭后",
        "D建议口服[MASK",
        "D建议口服[MASK[MASK]",
        "D建议口服［Mask］",
        "D建议口服【MASK】和吗丁啉"
      })
  void howManyMarksAndHowTheyAreWrittenDoesNotReachTheClinicalModel(String recommendation) {
    Dialogue other = Talk.dialogue("P胃痛三天，吃过奥美拉唑", "D反酸吗", "P有", recommendation);

    assertThat(Protocol.CLINICAL.read(other)).isEqualTo(Protocol.CLINICAL.read(MARKED));
  }

  @Test
  void nothingSaidAfterTheFirstMarkReachesTheClinicalModel() {
    List<Dialogue> continued =
        List.of(
            Talk.dialogue("P咳嗽", "D可以吃[MASK]"),
            Talk.dialogue("P咳嗽", "D可以吃[MASK]，一天三次", "P阿莫西林行吗", "D也吃[MASK]"),
            Talk.dialogue("P咳嗽", "D可以吃[MASK]", "D[MASK]", "P好"));

    assertThat(continued.stream().map(Protocol.CLINICAL::read).distinct()).hasSize(1);
  }

  @Test
  void utteranceOfNothingButMarksIsLeftOut() {
    assertThat(Protocol.CLINICAL.read(Talk.dialogue("P咳嗽", "D [MASK]，[MASK]")))
        .isEqualTo(Talk.dialogue("P咳嗽"));
    assertThat(Protocol.CLINICAL.read(Talk.dialogue("D[MASK]", "P好"))).isEqualTo(Dialogue.EMPTY);
  }

  @Test
  void withoutMarksAllIsRead() {
    Dialogue unmarked = Talk.dialogue("P戴mask过敏", "D哪里痒");

    assertThat(Protocol.CLINICAL.read(unmarked)).isEqualTo(unmarked);
    assertThat(Protocol.PAPER.read(unmarked)).isEqualTo(unmarked);
  }

  @Test
  void paperKeepsAllAndWritesMarksAlike() {
    assertThat(Protocol.PAPER.read(Talk.dialogue("P咳嗽", "D吃[mask]，[MASK", "P好")))
        .isEqualTo(Talk.dialogue("P咳嗽", "D吃[MASK]，[MASK]", "P好"));
  }

  @Test
  void annotationsDoNotReachAScorerUnderEitherProtocol() {
    for (Protocol protocol : Protocol.values()) {
      List<Dialogue> read = new ArrayList<>();
      DialogueScorer scorer =
          (dialogue, disease) -> {
            read.add(dialogue);
            return Talk.probabilities();
          };
      List<LabelledDialogue> labelled =
          List.of(
              Talk.labelled("a:1", MARKED, "胃炎", "奥美拉唑", "莫沙必利"),
              Talk.labelled("b:2", MARKED, "胃炎", "阿莫西林"));

      ScoredDialogue.all(labelled, protocol, scorer, (what, done, total) -> {});

      assertThat(read).hasSize(2).containsOnly(protocol.read(MARKED));
    }
  }
}
