package org.medcue.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** An EHR's side of the trust. Signs whatever a test wants, right or wrong, without a library. */
public final class EhrTokens {

  private static final Map<String, String> SIGNATURES =
      Map.of(
          "ES256", "SHA256withECDSAinP1363Format",
          "ES384", "SHA384withECDSAinP1363Format",
          "ES512", "SHA512withECDSAinP1363Format",
          "RS256", "SHA256withRSA",
          "RS384", "SHA384withRSA",
          "RS512", "SHA512withRSA");

  private EhrTokens() {}

  /** A key pair on a curve, such as P-384. */
  public static PublicJsonWebKey curve(String kid, String curve) {
    try {
      return named(kid, EcJwkGenerator.generateJwk(EllipticCurves.getSpec(curve)));
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An RSA key pair. */
  public static PublicJsonWebKey rsa(String kid, int bits) {
    try {
      return named(kid, RsaJwkGenerator.generateJwk(bits));
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PublicJsonWebKey named(String kid, PublicJsonWebKey key) {
    key.setKeyId(kid);
    return key;
  }

  /** The public halves of some keys as a JWK Set. */
  public static String keySet(PublicJsonWebKey... keys) {
    StringBuilder json = new StringBuilder();
    for (PublicJsonWebKey key : keys) {
      json.append(json.isEmpty() ? "" : ",").append(key.toJson(OutputControlLevel.PUBLIC_ONLY));
    }
    return "{\"keys\":[" + json + "]}";
  }

  /** A good header. */
  public static Map<String, Object> header(String algorithm, String kid) {
    return new TreeMap<>(Map.of("alg", algorithm, "kid", kid, "typ", "JWT"));
  }

  /** Good claims for one URL, with an identifier of their own. */
  public static Map<String, Object> claims(String issuer, String url) {
    long now = System.currentTimeMillis() / 1000;
    return new TreeMap<>(
        Map.of(
            "iss", issuer,
            "aud", url,
            "iat", now,
            "exp", now + 300,
            "jti", UUID.randomUUID().toString()));
  }

  /** A token that is good for one call. */
  public static String token(String issuer, String url, PublicJsonWebKey key) {
    String algorithm = key.getKeyType().equals("EC") ? "ES384" : "RS384";
    return token(header(algorithm, key.getKeyId()), claims(issuer, url), key);
  }

  /** A token with a good signature by the algorithm of its header. */
  public static String token(
      Map<String, Object> header, Map<String, Object> claims, PublicJsonWebKey key) {
    return signed(
        JsonUtil.toJson(header), JsonUtil.toJson(claims), String.valueOf(header.get("alg")), key);
  }

  /** A token of any texts with a good signature. */
  public static String signed(
      String header, String claims, String algorithm, PublicJsonWebKey key) {
    String content = part(header) + "." + part(claims);
    return content
        + "."
        + part(
            sign(
                content,
                Objects.requireNonNull(SIGNATURES.get(algorithm), algorithm),
                key.getPrivateKey()));
  }

  /** A token of any texts with a message authentication code. */
  public static String authenticated(String header, String claims, byte[] secret) {
    String content = part(header) + "." + part(claims);
    try {
      Mac mac = Mac.getInstance("HmacSHA384");
      mac.init(new SecretKeySpec(secret, "HmacSHA384"));
      return content + "." + part(mac.doFinal(content.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] sign(String content, String algorithm, PrivateKey key) {
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(content.getBytes(UTF_8));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A part of a token. */
  public static String part(String text) {
    return part(text.getBytes(UTF_8));
  }

  public static String part(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
