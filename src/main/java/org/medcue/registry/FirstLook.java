package org.medcue.registry;

import java.util.List;
import java.util.Optional;
import org.medcue.registry.Assignment.Assigned;

/**
 * What a short look at the rows says of a change before anything slow is done for it.
 *
 * @param refusal why it cannot be made, whatever the folders hold
 * @param tryOut the version that has to be loaded and to answer as it should
 * @param read further versions whose files decide
 */
record FirstLook(Optional<Outcome> refusal, Optional<Assigned> tryOut, List<Assigned> read) {

  static FirstLook refused(Outcome refusal) {
    return new FirstLook(Optional.of(refusal), Optional.empty(), List.of());
  }

  /** Goes on if the files say what they should. */
  static FirstLook reading(List<Assigned> versions) {
    return new FirstLook(Optional.empty(), Optional.empty(), versions);
  }

  /** Goes on if a version can be served, and the files of others say what they should. */
  static FirstLook trying(Assigned version, List<Assigned> others) {
    return new FirstLook(Optional.empty(), Optional.of(version), others);
  }
}
