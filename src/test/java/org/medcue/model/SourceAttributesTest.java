package org.medcue.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceAttributesTest {

  private static final String CARD =
      "# Card\n\n## Output\n"
          + IntStream.rangeClosed(1, 31)
              .mapToObj(number -> number + ". **Title.** What is known of\n    it.\n")
              .collect(Collectors.joining())
          + "\n### Tables\n| 1. | 2 |\n";

  @Test
  void absentAndEmptyAttributesAreNamed() {
    String card =
        CARD.replaceFirst("(?m)^5\\. \\*\\*Title\\.\\*\\* What is known of\n    it\\.\n", "")
            .replaceFirst(
                "(?m)^31\\. \\*\\*Title\\.\\*\\* What is known of\n    it\\.", "31. **Title.** –");

    assertThat(SourceAttributes.missing(card))
        .containsExactly("5, intended use: absent", "31, frequency of correction: empty");
    assertThat(SourceAttributes.missing(CARD)).isEmpty();
    assertThat(SourceAttributes.missing("")).hasSize(31);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Not available.", "not available; ask somebody", "N/A", "TBD", "todo: ask"})
  void onlyWhatNobodyMayKnowMayBeUnavailable(String text) {
    assertThat(SourceAttributes.missing(with(17, text))).isEmpty();
    assertThat(SourceAttributes.missing(with(7, text)))
        .containsExactly("7, users: not available, which only some attributes may be");
  }

  @Test
  void noneIsAnAnswer() {
    assertThat(SourceAttributes.missing(with(2, "None for the bundled versions."))).isEmpty();
  }

  private static String with(int number, String text) {
    return CARD.replaceFirst(
        "(?m)^" + number + "\\. \\*\\*Title\\.\\*\\* What is known of\n    it\\.",
        number + ". **Title.** " + text);
  }
}
