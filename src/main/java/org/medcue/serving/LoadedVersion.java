package org.medcue.serving;

import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.medcue.registry.Assignment.Assigned;

/**
 * A loaded version and how many hold it: the route that it stands in, and each request that it
 * computes for. Whoever gives it back last closes it.
 */
final class LoadedVersion {

  private static final Logger LOG = Logger.getLogger(LoadedVersion.class);

  private final Assigned assigned;
  private final ServedModel model;
  private final AtomicInteger holders = new AtomicInteger(1);

  LoadedVersion(Assigned assigned, ServedModel model) {
    this.assigned = assigned;
    this.model = model;
  }

  Assigned assigned() {
    return assigned;
  }

  ServedModel model() {
    return model;
  }

  /** Holds it; false if it was closed before. */
  boolean take() {
    return holders.updateAndGet(count -> count == 0 ? 0 : count + 1) > 0;
  }

  /** Never fails: what it was held for, a request or a swap, is done by then. */
  void giveBack() {
    if (holders.decrementAndGet() == 0) {
      try {
        model.close();
      } catch (RuntimeException e) {
        LOG.errorf(e, "The memory of %s was not freed", this);
      }
    }
  }

  @Override
  public String toString() {
    return assigned.ref().toString();
  }
}
