package org.medcue.training.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecommendationTest {

  private static List<String> in(String text) {
    return Recommendation.in(text, Talk.KNOWLEDGE.drugs()).stream()
        .map(mention -> mention.drug().label())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "建议口服奥美拉唑",
        "奥美拉唑",
        "可以吃点奥美拉唑，好吗？",
        "不要喝酒，吃奥美拉唑",
        "不要吃止痛药了改吃奥美拉唑",
        "奥美拉唑，其他的不吃了",
        "奥美拉唑吧",
        "特别推荐奥美拉唑",
        "奥美拉唑不要超过两周",
        "没有药物过敏史就吃奥美拉唑"
      })
  void recommended(String text) {
    assertThat(in(text)).containsExactly("奥美拉唑");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "不要吃奥美拉唑",
        "不建议再用奥美拉唑",
        "别吃奥美拉唑了",
        "奥美拉唑不能吃",
        "奥美拉唑先停了",
        "停用奥美拉唑",
        "禁用奥美拉唑",
        "避免使用奥美拉唑",
        "吃过奥美拉唑吗",
        "用过什么药，比如奥美拉唑？",
        "奥美拉唑吃了没有",
        "有没有吃奥美拉唑",
        "之前吃的奥美拉唑"
      })
  void refusedAskedOrTaken(String text) {
    assertThat(in(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"阿莫西林别吃了，换奥美拉唑", "不要吃阿莫西林，可以吃奥美拉唑"})
  void eachClauseIsJudgedAlone(String text) {
    assertThat(in(text)).containsExactly("奥美拉唑");
  }
}
