package org.medcue.registry;

import java.util.EnumSet;
import java.util.Set;

/** Where a version stands in its life. */
public enum VersionState {
  /** Its files are whole and it can be loaded. */
  REGISTERED,
  /** Its evaluation was read. */
  EVALUATED,
  /** It answers unseen beside the active version. */
  SHADOW,
  /** It answers for a share of the patients. */
  CANARY,
  /** It answers. */
  ACTIVE,
  /** It was active before. */
  RETIRED,
  /** Nobody shall use it. */
  REJECTED;

  private Set<VersionState> next() {
    return switch (this) {
      case REGISTERED -> EnumSet.of(EVALUATED, REJECTED);
      case EVALUATED -> EnumSet.of(SHADOW, CANARY, ACTIVE, REJECTED);
      case SHADOW -> EnumSet.of(EVALUATED, CANARY, ACTIVE, REJECTED);
      case CANARY ->
          // A canary of another share is a canary again
          EnumSet.of(EVALUATED, SHADOW, CANARY, ACTIVE, REJECTED);
      case ACTIVE -> EnumSet.of(RETIRED);
      case RETIRED -> EnumSet.of(ACTIVE);
      case REJECTED -> EnumSet.noneOf(VersionState.class);
    };
  }

  /** Whether a version may go from this state to another. */
  public boolean mayBecome(VersionState state) {
    return next().contains(state);
  }
}
