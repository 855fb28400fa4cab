package org.medcue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;

/**
 * What a person sees of a command.
 *
 * @param exit exit status
 * @param errors lines on the command's error stream
 * @param out everything on standard output
 * @param progress everything on standard error that is no error
 */
record Result(int exit, List<String> errors, String out, List<String> progress) {

  /** Runs a command. */
  static Result medcue(Object... args) {
    StringWriter errors = new StringWriter();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream progress = new ByteArrayOutputStream();
    PrintStream systemOut = System.out;
    PrintStream systemErr = System.err;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(progress, true, StandardCharsets.UTF_8));
    int exit;
    try {
      exit =
          Medcue.commandLine()
              .setErr(new PrintWriter(errors, true))
              .execute(Arrays.stream(args).map(Object::toString).toArray(String[]::new));
    } finally {
      System.setOut(systemOut);
      System.setErr(systemErr);
    }
    assertThat(progress.toString(StandardCharsets.UTF_8)).doesNotContain("\tat ", "Exception");
    return new Result(
        exit,
        errors.toString().lines().toList(),
        out.toString(StandardCharsets.UTF_8),
        progress.toString(StandardCharsets.UTF_8).lines().toList());
  }

  void isOneLine(String... parts) {
    assertThat(exit).isNotZero();
    assertThat(errors).hasSize(1);
    assertThat(errors.get(0)).startsWith("medcue: ").contains(parts);
    // "medcue: null" or an exception's name would not tell a person what to do
    assertThat(errors.get(0)).doesNotContain("null", "Exception");
  }

  void isUsageError(String... parts) {
    assertThat(exit).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(errors).hasSize(2);
    assertThat(errors.get(0)).startsWith("medcue: ").contains(parts);
    assertThat(errors.get(1)).startsWith("Try 'medcue").endsWith("--help'.");
  }
}
