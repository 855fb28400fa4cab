package org.medcue.fhir;

import com.fasterxml.jackson.databind.JsonNode;

/** What became of one query to a FHIR server. */
public sealed interface FetchOutcome {

  /**
   * @param content a resource, or a Bundle of all pages; a {@code next} link in it says that there
   *     was more than is read
   */
  record Found(JsonNode content) implements FetchOutcome {

    @Override
    public String toString() {
      return "Found";
    }
  }

  record NotFetched(Reason reason) implements FetchOutcome {}

  /** Why there is nothing. */
  enum Reason {
    /** Its name stands for an address that may not be called. */
    FORBIDDEN_ADDRESS(false),
    TIMED_OUT(true),
    /** No connection, or broken off. */
    UNREACHABLE(true),
    /** 401 or 403. */
    TOKEN_REFUSED(false),
    /** 404 or 410. */
    NOT_FOUND(false),
    /** Another status of 400 to 499, or no query that a FHIR server has. */
    QUERY_REFUSED(false),
    /** A redirect: none is followed. */
    REDIRECTED(false),
    /** 429, 500 to 599, or no status that is known. */
    SERVER_ERROR(true),
    /** Not JSON, or not the resource asked for. */
    UNUSABLE(true),
    TOO_LARGE(false);

    private final boolean serverAtFault;

    Reason(boolean serverAtFault) {
      this.serverAtFault = serverAtFault;
    }

    /** Whether any other query would probably fail as well. */
    public boolean serverAtFault() {
      return serverAtFault;
    }

    /** The reason behind a status other than 200. */
    static Reason of(int status) {
      return switch (status) {
        case 401, 403 -> TOKEN_REFUSED;
        case 404, 410 -> NOT_FOUND;
        case 429 -> SERVER_ERROR;
        default ->
            switch (status / 100) {
              case 3 -> REDIRECTED;
              case 4 -> QUERY_REFUSED;
              default -> SERVER_ERROR;
            };
      };
    }
  }
}
