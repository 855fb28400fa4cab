package org.medcue.platform;

/** What the log may hold of a failure whose messages may quote a request, and so a patient. */
final class FailureTrace {

  private static final int FRAMES = 12;

  private FailureTrace() {}

  /** Class names and frames of a failure and its causes, without any message. */
  static String of(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      text.append("\n  ").append(cause.getClass().getName());
      StackTraceElement[] frames = cause.getStackTrace();
      for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
        text.append("\n    at ").append(frames[i]);
      }
    }
    return text.toString();
  }
}
