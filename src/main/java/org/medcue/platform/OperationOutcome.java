package org.medcue.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * The FHIR R4 resource that tells a CDS client what went wrong, as far as errors need it.
 *
 * @param resourceType always {@code OperationOutcome}
 * @param issue at least one issue
 */
public record OperationOutcome(String resourceType, List<Issue> issue) {

  /** One problem; {@code expression} names the element and is left out where there is none. */
  public record Issue(
      String severity,
      String code,
      String diagnostics,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> expression) {}

  /** One thing wrong with a request, for a 400. */
  public static OperationOutcome invalid(String path, String message) {
    return of(400, List.of(new Violation(path, message)));
  }

  static OperationOutcome of(int status, List<Violation> violations) {
    return new OperationOutcome(
        "OperationOutcome",
        violations.stream()
            .map(v -> new Issue("error", code(status), v.toString(), List.of(v.path())))
            .toList());
  }

  static OperationOutcome of(int status, String diagnostics) {
    return new OperationOutcome(
        "OperationOutcome", List.of(new Issue("error", code(status), diagnostics, List.of())));
  }

  // http://hl7.org/fhir/R4/valueset-issue-type.html
  private static String code(int status) {
    return switch (status) {
      case 401 -> "login";
      case 403 -> "forbidden";
      case 404 -> "not-found";
      case 405, 406, 415 -> "not-supported";
      case 412 -> "required";
      case 413 -> "too-long";
      case 429 -> "throttled";
      case 503 -> "transient";
      default -> status >= 500 ? "exception" : "invalid";
    };
  }
}
