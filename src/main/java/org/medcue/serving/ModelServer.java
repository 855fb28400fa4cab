package org.medcue.serving;

import jakarta.enterprise.context.ApplicationScoped;

/** Knows which model version answers for a service. */
@ApplicationScoped
public class ModelServer {

  /**
   * The active version of a service.
   *
   * @throws IllegalStateException if none is loaded
   */
  public ServedModel active(String serviceId) {
    throw new IllegalStateException("no model is loaded for " + serviceId);
  }
}
