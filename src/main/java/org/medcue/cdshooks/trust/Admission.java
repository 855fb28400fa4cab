package org.medcue.cdshooks.trust;

import java.time.Duration;
import org.medcue.tenant.Tenant;

/** What becomes of a call before anybody reads its body. */
sealed interface Admission {

  /** It is answered. */
  record Admitted(Tenant tenant) implements Admission {}

  /** It is turned away, with a bare 401 whatever the reason. */
  record Refused() implements Admission {}

  /** Its tenant calls too often. */
  record Throttled(Duration pause) implements Admission {}

  /** Nobody can tell: the database does not answer. */
  record Unknown() implements Admission {}
}
