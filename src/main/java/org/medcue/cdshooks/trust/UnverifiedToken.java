package org.medcue.cdshooks.trust;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jose4j.base64url.Base64Url;
import org.jose4j.json.JsonUtil;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * What a token says of itself, before anybody has looked at its signature. Its form is that which
 * CDS Hooks asks for; whatever else a JOSE header could ask of us is refused.
 *
 * @param compact the token as sent
 * @param algorithm one of {@link #ALGORITHMS}
 * @param kid names its key
 * @param jku where its keys are said to be, where it says so
 * @param issuer its {@code iss}
 * @param expires its {@code exp}
 * @param jti its identifier
 */
record UnverifiedToken(
    String compact,
    String algorithm,
    String kid,
    Optional<String> jku,
    String issuer,
    Instant expires,
    String jti) {

  /** Those that CDS Hooks recommends; each more would be one more to attack. */
  static final Set<String> ALGORITHMS =
      Set.of(
          AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
          AlgorithmIdentifiers.RSA_USING_SHA384);

  private static final int LONGEST_TOKEN = 8 * 1024;
  private static final int LONGEST_TEXT = 255;

  /** The year 3000: a time beyond is a mistake, such as milliseconds. */
  private static final long LATEST_SECOND = 32_503_680_000L;

  /** jose4j's decoder passes over characters that are no Base64url; here they are a mistake. */
  private static final Pattern COMPACT =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  /** Parameters that would bring a key along, or change how the token is read (RFC 7515, 7797). */
  private static final Set<String> REFUSED_PARAMETERS =
      Set.of("jwk", "x5c", "x5u", "crit", "b64", "cty", "enc", "zip");

  /**
   * @param longest time from {@code iat} to {@code exp}
   * @throws TokenRefusedException if it has not the form
   */
  static UnverifiedToken read(String compact, Duration longest) {
    if (compact.length() > LONGEST_TOKEN) {
      throw new TokenRefusedException(RefusalReason.TOKEN_TOO_LONG);
    }
    if (!COMPACT.matcher(compact).matches()) {
      throw new TokenRefusedException(RefusalReason.TOKEN_MALFORMED);
    }
    String[] parts = compact.split("\\.");
    Map<String, Object> header = json(parts[0]);
    Map<String, Object> claims = json(parts[1]);
    checkHeader(header);
    checkTimes(claims, longest);
    return new UnverifiedToken(
        compact,
        algorithm(header),
        text(header.get("kid"), RefusalReason.TOKEN_HEADER),
        header.containsKey("jku")
            ? Optional.of(text(header.get("jku"), RefusalReason.TOKEN_HEADER))
            : Optional.empty(),
        text(claims.get("iss"), RefusalReason.TOKEN_CLAIMS),
        Instant.ofEpochSecond(second(claims.get("exp"))),
        text(claims.get("jti"), RefusalReason.TOKEN_CLAIMS));
  }

  /** One JSON object; a member that is there twice could mean different things to two readers. */
  private static Map<String, Object> json(String part) {
    try {
      return JsonUtil.parseJson(new Base64Url().base64UrlDecodeToUtf8String(part));
    } catch (JoseException | RuntimeException e) {
      throw new TokenRefusedException(RefusalReason.TOKEN_MALFORMED);
    }
  }

  private static void checkHeader(Map<String, Object> header) {
    if (!"JWT".equals(header.get("typ"))
        || header.keySet().stream().anyMatch(REFUSED_PARAMETERS::contains)) {
      throw new TokenRefusedException(RefusalReason.TOKEN_HEADER);
    }
  }

  private static String algorithm(Map<String, Object> header) {
    if (header.get("alg") instanceof String algorithm && ALGORITHMS.contains(algorithm)) {
      return algorithm;
    }
    throw new TokenRefusedException(RefusalReason.TOKEN_ALGORITHM);
  }

  private static void checkTimes(Map<String, Object> claims, Duration longest) {
    long lifetime = second(claims.get("exp")) - second(claims.get("iat"));
    if (claims.containsKey("nbf")) {
      second(claims.get("nbf"));
    }
    if (lifetime <= 0 || lifetime > longest.toSeconds()) {
      throw new TokenRefusedException(RefusalReason.TOKEN_LIFETIME);
    }
  }

  private static long second(@Nullable Object value) {
    if (value instanceof Long second && second > 0 && second < LATEST_SECOND) {
      return second;
    }
    throw new TokenRefusedException(RefusalReason.TOKEN_CLAIMS);
  }

  private static String text(@Nullable Object value, RefusalReason otherwise) {
    if (value instanceof String text && !text.isBlank() && text.length() <= LONGEST_TEXT) {
      return text;
    }
    throw new TokenRefusedException(otherwise);
  }
}
