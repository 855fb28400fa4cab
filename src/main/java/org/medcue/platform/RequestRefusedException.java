package org.medcue.platform;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that is answered with a client error, or with 503 where the service called is not in
 * use here; one place turns it into a body.
 */
public final class RequestRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final @Nullable String code;
  private final transient List<Violation> violations;

  /**
   * @param status an HTTP status of 400 to 499, or 503
   * @param violations what is wrong, at least one
   */
  public RequestRefusedException(int status, List<Violation> violations) {
    this(status, null, Violation.join(violations), violations);
  }

  private RequestRefusedException(
      int status, @Nullable String code, String detail, List<Violation> violations) {
    super(detail);
    boolean refusal = (status >= 400 && status <= 499) || status == 503;
    if (!refusal || detail.isEmpty()) {
      throw new IllegalArgumentException("a refusal needs such a status and a reason");
    }
    this.status = status;
    this.code = code;
    this.violations = List.copyOf(violations);
  }

  /**
   * A request that is well formed and not possible now.
   *
   * @param code what kind of problem it is, the same for good, such as {@code evaluation-worse}
   * @param detail why and what to do
   */
  public static RequestRefusedException problem(int status, String code, String detail) {
    return new RequestRefusedException(status, code, detail, List.of());
  }

  public RequestRefusedException(int status, String path, String message) {
    this(status, List.of(new Violation(path, message)));
  }

  public int status() {
    return status;
  }

  /** The kind of problem, where the status alone does not say it. */
  Optional<String> code() {
    return Optional.ofNullable(code);
  }

  public List<Violation> violations() {
    return violations;
  }
}
