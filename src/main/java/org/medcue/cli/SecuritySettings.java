package org.medcue.cli;

import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.medcue.audit.HeadKeys;
import org.medcue.tenant.PublicBase;

/**
 * What a service needs before it may see patients. Development goes without; whatever is configured
 * must be usable all the same.
 */
final class SecuritySettings {

  private static final String SERVER = "quarkus.oidc.auth-server-url";
  private static final String SECRET = "quarkus.oidc.credentials.secret";
  private static final String JDBC_URL = "quarkus.datasource.jdbc.url";
  private static final String EMBEDDED = "medcue.database.embedded";
  private static final String PUBLIC_BASE = "medcue.public-base";
  private static final int SECRET_LENGTH = 32;

  private SecuritySettings() {}

  /**
   * @throws CommandException saying in one line what to set
   */
  static void require(SmallRyeConfig config, boolean development) {
    if (!development) {
      requireDatabase(config);
      requireSignIn(config);
      requireTrust(config);
    }
    requirePublicBase(config, development);
    requireAuditHead(config, development);
    requireSealingKeys(config, development);
  }

  /** A record that has to be believed does not end with the process. */
  private static void requireDatabase(SmallRyeConfig config) {
    boolean embedded = config.getOptionalValue(EMBEDDED, Boolean.class).orElse(false);
    if (!embedded && config.getOptionalValue(JDBC_URL, String.class).isEmpty()) {
      throw new CommandException(
          JDBC_URL
              + " is not set: name a PostgreSQL, such as jdbc:postgresql://HOST/medcue; for one that"
              + " ends with this process set "
              + EMBEDDED
              + "=true");
    }
  }

  /** Nobody could sign in, and sessions would end with the process. */
  static void requireSignIn(SmallRyeConfig config) {
    if (config.getOptionalValue(SERVER, String.class).isEmpty()) {
      throw new CommandException(
          SERVER
              + " is not set: name the realm of the OIDC server that people sign in to, such as"
              + " https://keycloak.example.org/realms/medcue (to try Medcue without a server, run"
              + " mvn quarkus:dev)");
    }
    int length = config.getOptionalValue(SECRET, String.class).orElse("").length();
    if (length < SECRET_LENGTH) {
      throw new CommandException(
          SECRET
              + (length == 0 ? " is not set" : " has less than " + SECRET_LENGTH + " characters")
              + ": set the secret of the client medcue of the OIDC server; it also"
              + " encrypts the sessions");
    }
  }

  /** A service in use answers nobody whom it does not know. */
  private static void requireTrust(SmallRyeConfig config) {
    boolean none =
        config
            .getOptionalValue("medcue.client-trust.mode", String.class)
            .filter("none"::equalsIgnoreCase)
            .isPresent();
    if (none) {
      throw new CommandException(
          "medcue.client-trust.mode=none is for development and tests: leave it out and add each EHR"
              + " with 'medcue tenant add'");
    }
  }

  /** Tokens are compared with it as it stands: a slash too many would shut out every EHR. */
  private static void requirePublicBase(SmallRyeConfig config, boolean development) {
    config
        .getOptionalValue(PUBLIC_BASE, String.class)
        .flatMap(base -> PublicBase.problem(base, development))
        .ifPresent(
            problem -> {
              throw new CommandException(PUBLIC_BASE + " " + problem);
            });
  }

  /** Without a head outside the database, whoever owns that could cut the trail unseen. */
  private static void requireAuditHead(SmallRyeConfig config, boolean development) {
    Optional<Path> key = config.getOptionalValue("medcue.audit.signing-key", Path.class);
    Optional<Path> head = config.getOptionalValue("medcue.audit.head-file", Path.class);
    if (!development && head.isEmpty()) {
      throw new CommandException(
          "medcue.audit.head-file is not set: name a file outside the database");
    }
    if (!development && key.isEmpty()) {
      throw new CommandException(
          "medcue.audit.signing-key is not set: make one with openssl genpkey -algorithm ed25519");
    }
    if (key.isPresent() && !Files.isReadable(key.get())) {
      throw new CommandException(
          "medcue.audit.signing-key " + key.get() + " is no file that can be read");
    }
    try {
      key.ifPresent(HeadKeys::privateKey);
    } catch (IllegalArgumentException e) {
      throw new CommandException(String.valueOf(e.getMessage()));
    }
    if (head.isPresent() && !Files.isWritable(head.get().toAbsolutePath().getParent())) {
      throw new CommandException(
          "medcue.audit.head-file " + head.get() + " lies in no folder that can be written to");
    }
  }

  /** Patient data sealed with a key that ends with the process could never be read again. */
  private static void requireSealingKeys(SmallRyeConfig config, boolean development) {
    boolean configured =
        config.getOptionalValues("medcue.sealing.keys", String.class, String.class).isPresent();
    if (configured || !development) {
      KeysCommand.configured();
    }
  }
}
