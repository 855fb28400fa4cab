package org.medcue.registry;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Map;

/** Where versions lie and which one each service begins with. */
@ConfigMapping(prefix = "medcue.registry")
public interface RegistryConfig {

  /** In the place of a version: the service is switched off. */
  String NONE = "none";

  /** The folder of models and knowledge. */
  Path path();

  /**
   * The version that a service begins with, {@code medication-suggestions-visits=mrkpa/2.1.0}, on a
   * database that holds none of the model. All versions of that model may answer for the service.
   */
  Map<String, String> initial();
}
