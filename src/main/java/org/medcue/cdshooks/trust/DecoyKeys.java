package org.medcue.cdshooks.trust;

import java.security.PublicKey;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Public keys whose private halves were thrown away, one for each algorithm. */
final class DecoyKeys {

  private static final int RSA_BITS = 2048;

  private final PublicKey curve;
  private final PublicKey rsa;

  DecoyKeys() {
    try {
      curve = EcJwkGenerator.generateJwk(EllipticCurves.P384).getPublicKey();
      rsa = RsaJwkGenerator.generateJwk(RSA_BITS).getPublicKey();
    } catch (JoseException e) {
      throw new IllegalStateException("every JVM has EC and RSA", e);
    }
  }

  PublicKey forAlgorithm(String algorithm) {
    return algorithm.startsWith("ES") ? curve : rsa;
  }
}
