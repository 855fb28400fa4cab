package org.medcue.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A problem in the form of RFC 9457, for everything that is not CDS Hooks.
 *
 * @param type {@code urn:medcue:problem:evaluation-worse} or the like; {@code about:blank} where
 *     the status says what kind of problem it is
 * @param title the status in words
 * @param status the HTTP status
 * @param detail what to do about it
 * @param violations what is wrong with the request, left out where nothing is
 */
public record ProblemDetails(
    String type,
    String title,
    int status,
    String detail,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Violation> violations) {

  /** What the type of a problem with a name begins with. */
  static final String TYPES = "urn:medcue:problem:";

  static final String MEDIA_TYPE = "application/problem+json";
}
