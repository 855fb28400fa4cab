package org.medcue.cdshooks.trust;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.medcue.fhir.Deadline;
import org.medcue.fhir.FetchOutcome;
import org.medcue.fhir.FetchOutcome.Found;
import org.medcue.fhir.FetchOutcome.NotFetched;
import org.medcue.fhir.GuardedHttp;

/** Reads a JWK Set over HTTP: nowhere else, and no more time or bytes than one needs. */
@Singleton
class KeySetReader {

  private static final Logger LOG = Logger.getLogger(KeySetReader.class);
  private static final Duration LONGEST = Duration.ofSeconds(3);
  private static final int MAX_BYTES = 64 * 1024;

  private final GuardedHttp http = new GuardedHttp();

  /**
   * What is there, or nothing where that cannot be had.
   *
   * @param privateAddresses whether the URL's host may have an address inside a network
   */
  Optional<String> read(String url, boolean privateAddresses) {
    FetchOutcome outcome =
        http.read(URI.create(url), privateAddresses, Deadline.in(LONGEST), MAX_BYTES);
    if (outcome instanceof NotFetched lack) {
      LOG.warnf("Key set not read: %s: %s", url, lack.reason());
    }
    return outcome instanceof Found found
        ? Optional.of(found.content().toString())
        : Optional.empty();
  }

  @PreDestroy
  void close() {
    http.close();
  }
}
