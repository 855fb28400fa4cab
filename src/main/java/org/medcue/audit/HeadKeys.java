package org.medcue.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Reads Ed25519 keys in PEM, as {@code openssl genpkey -algorithm ed25519} writes them. */
public final class HeadKeys {

  private HeadKeys() {}

  /**
   * @throws IllegalArgumentException saying how to make one, if the file is no such key
   */
  public static PrivateKey privateKey(Path file) {
    try {
      return factory().generatePrivate(new PKCS8EncodedKeySpec(pem(file, "PRIVATE KEY")));
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          file
              + " is no Ed25519 private key in PEM: make one with"
              + " openssl genpkey -algorithm ed25519 -out FILE",
          e);
    }
  }

  /**
   * @throws IllegalArgumentException saying how to get one, if the file is no such key
   */
  public static PublicKey publicKey(Path file) {
    try {
      return factory().generatePublic(new X509EncodedKeySpec(pem(file, "PUBLIC KEY")));
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          file
              + " is no Ed25519 public key in PEM: take it from the private one with"
              + " openssl pkey -in FILE -pubout",
          e);
    }
  }

  private static KeyFactory factory() throws GeneralSecurityException {
    return KeyFactory.getInstance("Ed25519");
  }

  private static byte[] pem(Path file, String kind) throws IOException {
    String text = Files.readString(file);
    int begin = text.indexOf("-----BEGIN " + kind + "-----");
    int end = text.indexOf("-----END " + kind + "-----");
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("not a " + kind);
    }
    return Base64.getMimeDecoder().decode(text.substring(text.indexOf('\n', begin), end));
  }
}
