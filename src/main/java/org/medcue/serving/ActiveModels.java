package org.medcue.serving;

/** Says which model version answers for a service. */
@FunctionalInterface
public interface ActiveModels {

  /**
   * The active version of a service.
   *
   * @throws IllegalStateException if none is loaded
   */
  ServedModel active(String serviceId);
}
