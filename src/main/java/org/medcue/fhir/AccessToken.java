package org.medcue.fhir;

import java.util.regex.Pattern;

/**
 * The bearer token of one request, for its FHIR server (RFC 6750). Never stored, never logged.
 *
 * @param value printable ASCII without spaces, at most 16 KB, so that it fits a header
 */
public record AccessToken(String value) {

  private static final Pattern FORM = Pattern.compile("[!-~]{1,16384}");

  public AccessToken {
    if (!isToken(value)) {
      throw new IllegalArgumentException("not a bearer token");
    }
  }

  public static boolean isToken(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return "AccessToken[***]";
  }
}
