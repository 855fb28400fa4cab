package org.medcue.audit;

import io.quarkus.security.identity.SecurityIdentity;
import java.util.Optional;

/**
 * Who did it.
 *
 * @param kind person, client or system
 * @param tenant the EHR, where one acted
 * @param name of the person, the clinician's {@code Type/id} in the EHR, or the job
 */
public record Actor(Kind kind, Optional<String> tenant, String name) {

  /** What acted. */
  public enum Kind {
    /** Somebody who signed in. */
    PERSON,
    /** An EHR, for a clinician of its own. */
    CLIENT,
    /** A job of Medcue itself. */
    SYSTEM
  }

  /** Nobody who proved to be anybody. */
  public static final Actor UNKNOWN = new Actor(Kind.PERSON, Optional.empty(), "unknown");

  public static Actor person(String name) {
    return new Actor(Kind.PERSON, Optional.empty(), name);
  }

  /** Who is signed in. */
  public static Actor person(SecurityIdentity identity) {
    return person(identity.getPrincipal().getName());
  }

  /**
   * @param userId the clinician as the EHR names it, or the tenant where it names none
   */
  public static Actor client(String tenant, String userId) {
    return new Actor(Kind.CLIENT, Optional.of(tenant), userId);
  }

  public static Actor system(String name) {
    return new Actor(Kind.SYSTEM, Optional.empty(), name);
  }
}
