package org.medcue.serving;

import jakarta.enterprise.context.ApplicationScoped;

/** Knows which model version answers for a service. */
@ApplicationScoped
public class ModelServer implements ActiveModels {

  @Override
  public ServedModel active(String serviceId) {
    throw new IllegalStateException("no model is loaded for " + serviceId);
  }
}
