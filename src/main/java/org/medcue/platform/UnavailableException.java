package org.medcue.platform;

/** Something that Medcue cannot answer without, such as its database, does not respond: 503. */
public final class UnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param part what is missing, for the log; never patient content
   * @param cause why
   */
  public UnavailableException(String part, Throwable cause) {
    super(part, cause);
  }
}
