package org.medcue.training.fitting;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A table in Markdown. */
final class MarkdownTable {

  private final StringBuilder rows = new StringBuilder();

  MarkdownTable(Object... header) {
    row(header);
    rows.append('|').append("---|".repeat(header.length)).append('\n');
  }

  MarkdownTable row(Object... cells) {
    rows.append(
        Arrays.stream(cells).map(String::valueOf).collect(Collectors.joining(" | ", "| ", " |\n")));
    return this;
  }

  @Override
  public String toString() {
    return rows.toString().stripTrailing();
  }
}
