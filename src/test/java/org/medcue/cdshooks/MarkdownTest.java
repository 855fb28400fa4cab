package org.medcue.cdshooks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '"',
      value = {
        "Penicillin V => Penicillin V",
        "<script>alert(1)</script> => &lt;script&gt;alert(1)&lt;/script&gt;",
        "a | b => a \\| b",
        "**bold** _it_ `code` => \\*\\*bold\\*\\* \\_it\\_ \\`code\\`",
        "[click](x) => \\[click\\](x)",
        "see https://evil.test => see https:\\/\\/evil.test",
        "WWW.evil.test => WWW\\.evil.test",
        "\\ & $1 => \\\\ &amp; $1"
      })
  void chartTextShowsAsItIs(String text, String markdown) {
    assertThat(Markdown.escape(text)).isEqualTo(markdown);
  }

  @Test
  void lineBreaksBecomeBlanks() {
    assertThat(Markdown.escape("a\r\n\n# b\u2028c\0")).isEqualTo("a \\# b c");
  }
}
