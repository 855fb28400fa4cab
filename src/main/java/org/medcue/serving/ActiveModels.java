package org.medcue.serving;

import java.util.List;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.model.ModelException;
import org.medcue.platform.UnavailableException;

/** Says which model version answers for a service and a patient. */
public interface ActiveModels {

  /** Whether a version answers for a service. */
  boolean has(String serviceId);

  /**
   * The version that answers for a patient: the canary for its share of the patients, the same ones
   * each time, otherwise the active one. It stays loaded until the lease is closed.
   *
   * @param patientId unique within the tenant
   * @throws UnavailableException if none is loaded
   */
  ModelLease lease(String serviceId, String tenant, String patientId);

  /**
   * The versions that are to score what another one answered: the shadows, and the active version
   * where the canary answered.
   *
   * @param answered the version that answered, such as {@code 2.1.0}
   * @return a lease of each, for the caller to close
   */
  List<ModelLease> challengers(String serviceId, String answered);

  /**
   * A certain version, to see again what it said. One that does not answer is loaded for this
   * alone, which takes seconds, and so is knowledge that nothing uses now.
   *
   * @param knowledge versions that the answer cites
   * @throws ModelException if the version or the knowledge cannot be loaded here, or was never
   *     registered
   */
  ModelLease leaseOf(String model, String version, List<KnowledgeVersion> knowledge);

  /** What answers for a service, and what should. */
  ServiceModels status(String serviceId);

  /** Where versions compute, such as {@code cpu} or {@code gpu:0}. */
  String device();
}
