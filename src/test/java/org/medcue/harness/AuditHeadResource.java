package org.medcue.harness;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;

/** Keys and a place outside the database for the signed head of the audit trail. */
public final class AuditHeadResource implements QuarkusTestResourceLifecycleManager {

  private static final String HEAD = "medcue.audit.head-file";

  @Override
  public Map<String, String> start() {
    try {
      Path folder = Files.createTempDirectory("medcue-audit");
      KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      Path key =
          Files.writeString(folder.resolve("key.pem"), pem("PRIVATE KEY", keys.getPrivate()));
      Files.writeString(folder.resolve("public.pem"), pem("PUBLIC KEY", keys.getPublic()));
      return Map.of(
          HEAD, folder.resolve("head.json").toString(), "medcue.audit.signing-key", key.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java 17 has Ed25519", e);
    }
  }

  private static String pem(String kind, Key key) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
  }

  /** Where the service writes the head. */
  public static Path head() {
    return Path.of(ConfigProvider.getConfig().getValue(HEAD, String.class));
  }

  /** What an auditor checks it with. */
  public static Path publicKey() {
    return head().resolveSibling("public.pem");
  }

  @Override
  public void stop() {
    // the folder is of the system's temporary files
  }
}
