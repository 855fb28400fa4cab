package org.medcue.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C or a signal during long work. The work is told to stop at its next step and waited for: a
 * process that exits while a step computes natively crashes.
 */
final class Interruption implements AutoCloseable {

  private static final int LONGEST_STEP_SECONDS = 20;

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread hook = new Thread(this::awaitStop, "interruption");
  private volatile boolean wanted;

  private Interruption() {}

  /** Watches until it is closed. */
  static Interruption watch() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** What the end of the process waits for. */
  void awaitStop() {
    wanted = true;
    try {
      if (!stopped.await(LONGEST_STEP_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("medcue: the work did not stop in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * To be called between steps.
   *
   * @throws CommandException if the work has to stop
   */
  void check() {
    if (wanted) {
      throw new CommandException("interrupted");
    }
  }

  @Override
  public void close() {
    stopped.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the process ends already, and the hook runs
    }
  }
}
