package org.medcue.cdshooks;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How many hook calls are answered at once, and what becomes of more. */
@ConfigMapping(prefix = "medcue.cds-hooks.calls")
interface CallsConfig {

  /** Each holds its request; their predictions share passes of the network. */
  @WithDefault("16")
  int atOnce();

  /** The most that wait; one more is refused at once. */
  @WithDefault("64")
  int waiting();

  /** How long a call may wait for its turn before it is refused. */
  @WithDefault("10s")
  Duration patience();

  /**
   * Places for some of the calls.
   *
   * @param what they are, for the refusal
   */
  default Places places(String what, int atOnce) {
    return new Places(what, atOnce, waiting(), patience());
  }
}
