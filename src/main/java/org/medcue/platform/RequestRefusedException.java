package org.medcue.platform;

import java.util.List;

/**
 * A request that is answered with a client error, or with 503 where the service called is not in
 * use here; one place turns it into a body.
 */
public final class RequestRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient List<Violation> violations;

  /**
   * @param status an HTTP status of 400 to 499, or 503
   * @param violations what is wrong, at least one
   */
  public RequestRefusedException(int status, List<Violation> violations) {
    super(Violation.join(violations));
    boolean refusal = (status >= 400 && status <= 499) || status == 503;
    if (!refusal || violations.isEmpty()) {
      throw new IllegalArgumentException("a refusal needs such a status and a reason");
    }
    this.status = status;
    this.violations = List.copyOf(violations);
  }

  public RequestRefusedException(int status, String path, String message) {
    this(status, List.of(new Violation(path, message)));
  }

  public int status() {
    return status;
  }

  public List<Violation> violations() {
    return violations;
  }
}
