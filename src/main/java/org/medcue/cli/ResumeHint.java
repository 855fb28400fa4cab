package org.medcue.cli;

import java.util.function.BooleanSupplier;

/** Says how to go on where a training is ended by Ctrl-C or a signal, until it is closed. */
final class ResumeHint implements AutoCloseable {

  static final String TEXT = "Interrupted: go on with --resume";

  private final Thread hook;

  private ResumeHint(Thread hook) {
    this.hook = hook;
  }

  /**
   * Waits for the end of the process.
   *
   * @param resumable whether there is something to go on from; asked in the end
   */
  static ResumeHint onInterruption(BooleanSupplier resumable) {
    Thread hook = new Thread(() -> print(resumable), "resume-hint");
    Runtime.getRuntime().addShutdownHook(hook);
    return new ResumeHint(hook);
  }

  private static void print(BooleanSupplier resumable) {
    if (resumable.getAsBoolean()) {
      // On a terminal the cursor stands in the progress bar
      System.err.println((System.console() == null ? "" : System.lineSeparator()) + TEXT);
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the process ends already, and the hook runs
    }
  }
}
