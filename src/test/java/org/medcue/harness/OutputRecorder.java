package org.medcue.harness;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Keeps what a test run writes to standard output and standard error, the log of the service among
 * it, for {@code WholeLogIT} to look through. The integration tests are told not to: theirs would
 * take its place.
 */
public final class OutputRecorder implements LauncherSessionListener {

  /** What the unit and HTTP tests of this build wrote. */
  public static final Path FILE = Path.of("target", "test-output.log");

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    if (System.getProperty("medcue.test.recorded", "true").equals("false")) {
      return;
    }
    try {
      Files.createDirectories(FILE.toAbsolutePath().getParent());
      OutputStream file = Files.newOutputStream(FILE);
      System.setOut(both(System.out, file));
      System.setErr(both(System.err, file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PrintStream both(PrintStream shown, OutputStream file) {
    return new PrintStream(new Tee(shown, file), true, StandardCharsets.UTF_8);
  }

  private static final class Tee extends OutputStream {
    private final PrintStream shown;
    private final OutputStream file;

    Tee(PrintStream shown, OutputStream file) {
      this.shown = shown;
      this.file = file;
    }

    @Override
    public void write(int b) throws IOException {
      shown.write(b);
      file.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      shown.write(bytes, from, length);
      file.write(bytes, from, length);
    }

    @Override
    public void flush() throws IOException {
      shown.flush();
      file.flush();
    }
  }
}
