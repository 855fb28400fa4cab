package org.medcue.serving;

/** Says which model version answers for a service. */
public interface ActiveModels {

  /** In the place of a version: the service is switched off. */
  String NONE = "none";

  /**
   * The active version of a service.
   *
   * @throws IllegalStateException if none is loaded
   */
  ServedModel active(String serviceId);

  /** Whether a version is loaded for a service. */
  boolean has(String serviceId);
}
