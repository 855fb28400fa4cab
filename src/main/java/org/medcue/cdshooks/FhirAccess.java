package org.medcue.cdshooks;

import org.medcue.fhir.AccessToken;

/**
 * Where a client lets us read what it did not send, and by which right. Neither is kept beyond the
 * call.
 *
 * @param server {@code fhirServer} as the client wrote it: whoever sends requests may write
 *     anything
 * @param token {@code fhirAuthorization.access_token}
 */
record FhirAccess(String server, AccessToken token) {

  @Override
  public String toString() {
    return "FhirAccess[***]";
  }
}
