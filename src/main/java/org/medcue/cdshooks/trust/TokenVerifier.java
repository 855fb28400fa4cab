package org.medcue.cdshooks.trust;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.medcue.tenant.ClientKeys;
import org.medcue.tenant.Tenant;
import org.medcue.tenant.TenantDirectory;

/** Says whose token it is: form, issuer, key, signature, claims, in this order. */
@ApplicationScoped
class TokenVerifier {

  private final TenantDirectory tenants;
  private final KeySets keySets;
  private final TrustConfig config;
  private final Optional<String> publicBase;
  private final DecoyKeys decoys = new DecoyKeys();
  private final Clock clock;

  TokenVerifier(
      TenantDirectory tenants,
      KeySets keySets,
      TrustConfig config,
      @ConfigProperty(name = "medcue.public-base") Optional<String> publicBase,
      Clock clock) {
    this.tenants = tenants;
    this.keySets = keySets;
    this.config = config;
    this.publicBase = publicBase;
    this.clock = clock;
  }

  /**
   * A token that is its tenant's own.
   *
   * @param goodUntil when nobody accepts it any longer
   */
  record Verified(Tenant tenant, String jti, Instant goodUntil) {}

  /**
   * @param path of the URL called, as it was sent
   * @throws TokenRefusedException if the token is not to be trusted
   */
  Verified verify(String compact, String path) {
    UnverifiedToken token = UnverifiedToken.read(compact, config.tokenLifetime());
    Optional<Tenant> claimed = tenants.ofIssuer(token.issuer());
    Tenant tenant = claimed.orElseThrow(() -> unverifiable(token, RefusalReason.ISSUER_UNKNOWN));
    try {
      consume(token, key(tenant, token), audience(tenant) + path);
      return new Verified(tenant, token.jti(), token.expires().plus(config.clockSkew()));
    } catch (TokenRefusedException e) {
      throw new TokenRefusedException(e.reason(), Optional.of(tenant.id()));
    }
  }

  private PublicKey key(Tenant tenant, UnverifiedToken token) {
    if (!tenant.settings().enabled()) {
      throw unverifiable(token, RefusalReason.TENANT_DISABLED);
    }
    List<String> listed = tenant.settings().jkus();
    if (token.jku().isPresent() && !listed.contains(token.jku().get())) {
      throw unverifiable(token, RefusalReason.JKU_NOT_LISTED);
    }
    ClientKeys keys =
        token.jku().isEmpty() && tenant.settings().keySet().isPresent()
            ? keySets.configured(tenant)
            : keySets.at(tenant, token.jku().orElseGet(() -> listed.get(0)), token.kid());
    return keys.find(token.kid(), token.algorithm())
        .orElseThrow(() -> unverifiable(token, RefusalReason.KEY_UNKNOWN));
  }

  /** Takes about the time of a verification: how long it takes shall not tell who is known. */
  private TokenRefusedException unverifiable(UnverifiedToken token, RefusalReason reason) {
    try {
      consume(token, decoys.forAlgorithm(token.algorithm()), "");
    } catch (TokenRefusedException e) {
      // as expected: nobody has the private half
    }
    return new TokenRefusedException(reason);
  }

  /** Without a public base there is no URL that a token could be meant for. */
  private String audience(Tenant tenant) {
    return tenant
        .settings()
        .publicBase()
        .or(() -> publicBase)
        .orElseThrow(() -> new TokenRefusedException(RefusalReason.TOKEN_AUDIENCE));
  }

  private void consume(UnverifiedToken token, PublicKey key, String audience) {
    try {
      new JwtConsumerBuilder()
          .setJwsAlgorithmConstraints(
              ConstraintType.PERMIT, UnverifiedToken.ALGORITHMS.toArray(String[]::new))
          .setVerificationKey(key)
          .setExpectedType(true, "JWT")
          .setExpectedIssuer(token.issuer())
          .setExpectedAudience(audience)
          .setRequireExpirationTime()
          .setRequireIssuedAt()
          .setRequireJwtId()
          .setIssuedAtRestrictions(0, (int) config.tokenLifetime().toSeconds())
          .setAllowedClockSkewInSeconds((int) config.clockSkew().toSeconds())
          .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
          .build()
          .processToClaims(token.compact());
    } catch (InvalidJwtException e) {
      throw new TokenRefusedException(reason(e));
    } catch (RuntimeException e) {
      throw new TokenRefusedException(RefusalReason.TOKEN_MALFORMED);
    }
  }

  private static RefusalReason reason(InvalidJwtException e) {
    if (e.hasErrorCode(ErrorCodes.SIGNATURE_INVALID)) {
      return RefusalReason.SIGNATURE_INVALID;
    }
    if (e.hasErrorCode(ErrorCodes.EXPIRED) || e.hasErrorCode(ErrorCodes.ISSUED_AT_INVALID_PAST)) {
      return RefusalReason.TOKEN_EXPIRED;
    }
    if (e.hasErrorCode(ErrorCodes.NOT_YET_VALID)
        || e.hasErrorCode(ErrorCodes.ISSUED_AT_INVALID_FUTURE)) {
      return RefusalReason.TOKEN_NOT_YET_VALID;
    }
    if (e.hasErrorCode(ErrorCodes.AUDIENCE_INVALID)
        || e.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
      return RefusalReason.TOKEN_AUDIENCE;
    }
    return RefusalReason.TOKEN_CLAIMS;
  }
}
