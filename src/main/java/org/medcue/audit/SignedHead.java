package org.medcue.audit;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import org.medcue.platform.FieldDigest;

/**
 * A head as it is written outside the database.
 *
 * @param seq of the last row
 * @param hash of the last row
 * @param signedAt when
 * @param signature Ed25519 over the three, in Base64
 */
public record SignedHead(long seq, String hash, Instant signedAt, String signature) {

  private static final String ALGORITHM = "Ed25519";

  public SignedHead {
    Objects.requireNonNull(hash, "hash");
    Objects.requireNonNull(signedAt, "signedAt");
    Objects.requireNonNull(signature, "signature");
  }

  static SignedHead sign(AuditHead head, Instant at, PrivateKey key) {
    try {
      Signature signer = Signature.getInstance(ALGORITHM);
      signer.initSign(key);
      signer.update(text(head.seq(), head.hash(), at));
      String signature = Base64.getEncoder().encodeToString(signer.sign());
      return new SignedHead(head.seq(), head.hash(), at, signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign the head of the audit trail", e);
    }
  }

  /** Whether the holder of the private key wrote this head. */
  public boolean isSignedBy(PublicKey key) {
    try {
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(key);
      verifier.update(text(seq, hash, signedAt));
      return verifier.verify(Base64.getDecoder().decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static byte[] text(long seq, String hash, Instant at) {
    return new FieldDigest().field("seq", seq).field("hash", hash).field("signed-at", at).bytes();
  }
}
