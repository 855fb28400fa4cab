package org.medcue.knowledge;

/**
 * A piece of knowledge is missing, changed or unreadable. The message names the file and says what
 * to do.
 */
public class KnowledgeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public KnowledgeException(String message) {
    super(message);
  }

  public KnowledgeException(String message, Throwable cause) {
    super(message, cause);
  }
}
