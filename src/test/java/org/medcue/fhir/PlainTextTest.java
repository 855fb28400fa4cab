package org.medcue.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "喉咙紧，鼻塞，痰是黄色。",
        "醫生，請問過敏性鼻炎怎麼辦？",
        "38.5 °C since Tuesday, naïve café",
        "😷 咳嗽 🤒👍🏽",
        "𠮷野家"
      })
  void textOfAnyScriptStaysAsItIs(String text) {
    assertThat(PlainText.of(text)).isEqualTo(text);
  }

  @Test
  void beginningIsCleanAndHoldsNoHalfCharacter() {
    assertThat(PlainText.beginningOf("lisin\u202eopril", 9)).isEqualTo("lisinopri");
    assertThat(PlainText.beginningOf("ab\uD83D\uDE00", 3)).isEqualTo("ab");
    assertThat(PlainText.beginningOf("x".repeat(9_000_000), 300)).hasSize(300);
  }

  @Test
  void whiteSpaceOfAnyKindBecomesOneSpace() {
    assertThat(PlainText.of(" 您好\r\n\t　\u00a0\u2003请问 \n")).isEqualTo("您好 请问");
  }

  @Test
  void controlAndInvisibleCharactersGo() {
    assertThat(PlainText.of("\ufeff发\u0000\u0007烧\u200b了\u202e吗\u007f")).isEqualTo("发烧了吗");
  }

  @Test
  void halvesOfPairsGoAndTheRestCanBeWritten() {
    String plain = PlainText.of("a\ud83db\ude37c😷\ud83d");

    assertThat(plain).isEqualTo("abc😷");
    assertThat(new String(plain.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n ", "\u0000\u0001", "\u200b\u200d", "\ud83d", " \u200b　"})
  void nothingVisibleIsNothing(String text) {
    assertThat(PlainText.of(text)).isEmpty();
  }

  @Test
  void anEndNeverBeginsInsideAPair() {
    assertThat(PlainText.endOf("a😷b", 2)).isEqualTo("b");
    assertThat(PlainText.endOf("a😷b", 3)).isEqualTo("😷b");
    assertThat(PlainText.endOf("ab", 5)).isEqualTo("ab");
  }
}
