package org.medcue.registry;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
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

  /** The figure of {@code manifest.json} that versions of a model are compared by. */
  Map<String, String> figure();

  /** How much less than the active version's figure still counts as not worse. */
  @WithDefault("0.01")
  double margin();

  /** The most bytes of an uploaded archive, and of what comes out of it. */
  @WithDefault("512M")
  MemorySize maxUpload();
}
