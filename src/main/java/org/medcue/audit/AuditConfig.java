package org.medcue.audit;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where the signed head of the trail is kept; production needs both. */
@ConfigMapping(prefix = "medcue.audit")
interface AuditConfig {

  /** A file outside the database, one for each replica. */
  Optional<Path> headFile();

  /** The Ed25519 private key in PEM that signs it. */
  Optional<Path> signingKey();
}
