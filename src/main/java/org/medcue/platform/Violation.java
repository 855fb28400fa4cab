package org.medcue.platform;

import java.util.List;

/**
 * One thing wrong with a request. Never carries a value out of the request.
 *
 * @param path where, in the words of the request, such as {@code context.patientId}
 * @param message what is wrong and what is expected
 */
public record Violation(String path, String message) {

  @Override
  public String toString() {
    return path + ": " + message;
  }

  static String join(List<Violation> violations) {
    return String.join("; ", violations.stream().map(Violation::toString).toList());
  }
}
