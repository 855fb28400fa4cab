package org.medcue.cdshooks;

import org.medcue.fhir.FetchOutcome.Reason;

/** Says to a client's operator why nothing was fetched. */
final class FetchWords {

  static final String NOT_LISTED = "the FHIR server is not on the allow-list of this client";
  static final String LEFT_ALONE =
      "the FHIR server failed several times, it is asked again in some seconds";
  static final String NO_TIME = "reading this call took so long that no time was left for it";

  private FetchWords() {}

  static String of(Reason reason) {
    return "the FHIR server "
        + switch (reason) {
          case FORBIDDEN_ADDRESS -> "has an address that may not be called";
          case TIMED_OUT -> "did not answer in time";
          case UNREACHABLE -> "could not be reached";
          case TOKEN_REFUSED -> "refused the access token";
          case NOT_FOUND -> "does not have it";
          case QUERY_REFUSED -> "refused the query";
          case REDIRECTED -> "redirected the query, which is not followed";
          case SERVER_ERROR -> "answered with an error";
          case UNUSABLE -> "did not answer with the FHIR R4 resource asked for";
          case TOO_LARGE -> "answered with more than is read";
        };
  }
}
