package org.medcue.platform.sealing;

/** Keys that cannot be used as configured; the message says what to do and never quotes a key. */
public final class SealingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SealingException(String message) {
    super(message);
  }
}
