package org.medcue.tenant;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * The keys of a JWK Set (RFC 7517) that may verify a client's signature. Keys that may not are left
 * out, each with a problem that says why: an admin's set with a problem is refused, of a set read
 * from a URL the good keys are used.
 */
public final class ClientKeys {

  private static final int MAX_KEYS = 50;
  private static final int MAX_KID = 255;
  private static final int MIN_RSA_BITS = 2048;
  private static final int MAX_RSA_BITS = 8192;
  private static final BigInteger MIN_RSA_EXPONENT = BigInteger.valueOf(65537);
  private static final Set<String> CURVES = Set.of("P-256", "P-384", "P-521");
  private static final Set<String> PRIVATE_MEMBERS =
      Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

  private static final String KIND =
      "must be EC on P-256, P-384 or P-521, or RSA of %d to %d bits with an exponent from %s"
          .formatted(MIN_RSA_BITS, MAX_RSA_BITS, MIN_RSA_EXPONENT);

  private final Map<String, PublicJsonWebKey> keys = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private boolean keySet;

  private ClientKeys() {}

  /** Reads a JWK Set; one that is none has no keys and one problem. */
  public static ClientKeys read(String jwks) {
    ClientKeys read = new ClientKeys();
    try {
      if (JsonUtil.parseJson(jwks).get("keys") instanceof List<?> keys && keys.size() <= MAX_KEYS) {
        read.keySet = true;
        read.addAll(keys);
      } else {
        read.problems.add("must be a JWK Set with at most " + MAX_KEYS + " keys");
      }
    } catch (JoseException e) {
      read.problems.add("must be a JWK Set in JSON, no member of it twice");
    }
    return read;
  }

  /** What is wrong with the set; never a value out of it. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** Whether it is a JWK Set, with good keys or without: then all others are revoked. */
  public boolean isKeySet() {
    return keySet;
  }

  public boolean has(String kid) {
    return keys.containsKey(kid);
  }

  /** The key for signatures of an algorithm, where the key of that identifier is meant for it. */
  public Optional<PublicKey> find(String kid, String algorithm) {
    return Optional.ofNullable(keys.get(kid))
        .filter(key -> key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm))
        .filter(key -> fits(key, algorithm))
        .map(PublicJsonWebKey::getPublicKey);
  }

  /** ES384 is on the curve P-384, RS384 of RSA (RFC 7518, 3.1). */
  private static boolean fits(PublicJsonWebKey key, String algorithm) {
    return key instanceof EllipticCurveJsonWebKey curve
        ? algorithm.equals("ES" + curve.getCurveName().substring("P-".length()))
        : algorithm.startsWith("RS");
  }

  private void addAll(List<?> all) {
    if (all.isEmpty()) {
      problems.add("has no key");
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < all.size(); i++) {
      Optional<String> problem =
          all.get(i) instanceof Map<?, ?> key ? add(key, seen) : Optional.of("must be a JWK");
      int number = i;
      problem.ifPresent(what -> problems.add("keys[" + number + "] " + what));
    }
  }

  private Optional<String> add(Map<?, ?> members, Set<String> seen) {
    if (members.keySet().stream().anyMatch(PRIVATE_MEMBERS::contains)) {
      return Optional.of("holds private key material: send public keys only, and replace this one");
    }
    if (!(members.get("kid") instanceof String kid) || kid.isBlank() || kid.length() > MAX_KID) {
      return Optional.of("needs a kid of 1 to " + MAX_KID + " characters");
    }
    if (!seen.add(kid)) {
      keys.remove(kid);
      return Optional.of("has the kid of another key of the set");
    }
    return addNamed(members, kid);
  }

  private Optional<String> addNamed(Map<?, ?> members, String kid) {
    Map<String, Object> parameters = new HashMap<>();
    members.forEach((name, value) -> parameters.put(String.valueOf(name), value));
    try {
      PublicJsonWebKey key = PublicJsonWebKey.Factory.newPublicJwk(parameters);
      Optional<String> problem = unusable(key);
      if (problem.isEmpty()) {
        keys.put(kid, key);
      }
      return problem;
    } catch (JoseException | RuntimeException e) {
      return Optional.of(KIND);
    }
  }

  private static Optional<String> unusable(PublicJsonWebKey key) {
    if (key.getUse() != null && !key.getUse().equals("sig")) {
      return Optional.of("is not for signatures (use)");
    }
    if (key.getKeyOps() != null && !key.getKeyOps().contains("verify")) {
      return Optional.of("is not for verifying signatures (key_ops)");
    }
    boolean strong =
        key instanceof EllipticCurveJsonWebKey curve
            ? CURVES.contains(curve.getCurveName())
            : key instanceof RsaJsonWebKey rsa && isStrong(rsa.getRsaPublicKey());
    return strong ? Optional.empty() : Optional.of(KIND);
  }

  private static boolean isStrong(RSAPublicKey key) {
    int bits = key.getModulus().bitLength();
    return bits >= MIN_RSA_BITS
        && bits <= MAX_RSA_BITS
        && key.getPublicExponent().compareTo(MIN_RSA_EXPONENT) >= 0
        && key.getPublicExponent().testBit(0);
  }
}
