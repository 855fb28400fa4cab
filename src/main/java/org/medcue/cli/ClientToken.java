package org.medcue.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Signs calls as an EHR does, each with a token of its own. */
final class ClientToken {

  private static final float GOOD_FOR_MINUTES = 2;

  @Option(names = "--issuer", description = "The iss of a tenant, where the service wants tokens.")
  private @Nullable String issuer;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The tenant's private key, a JWK with its kid: EC on P-384, or RSA.")
  private @Nullable Path file;

  @Option(
      names = "--audience",
      paramLabel = "URL",
      description = "The URL as the tenant calls it, behind a proxy; default: the URL called.")
  private @Nullable String audience;

  private @Nullable PublicJsonWebKey key;

  /** Whether calls are to be signed. */
  boolean isGiven() {
    if ((issuer == null) != (file == null)) {
      throw new CommandException("--issuer and --key belong together");
    }
    return issuer != null;
  }

  /** A token for one call of a URL. */
  String forCall(String url) {
    try {
      PublicJsonWebKey signer = key();
      JwtClaims claims = new JwtClaims();
      claims.setIssuer(issuer);
      claims.setAudience(audience == null ? url : audience);
      claims.setIssuedAtToNow();
      claims.setExpirationTimeMinutesInTheFuture(GOOD_FOR_MINUTES);
      claims.setGeneratedJwtId();
      JsonWebSignature token = new JsonWebSignature();
      token.setAlgorithmHeaderValue(
          signer.getKeyType().equals("EC")
              ? AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384
              : AlgorithmIdentifiers.RSA_USING_SHA384);
      token.setKeyIdHeaderValue(signer.getKeyId());
      token.setHeader("typ", "JWT");
      token.setPayload(claims.toJson());
      token.setKey(signer.getPrivateKey());
      return token.getCompactSerialization();
    } catch (JoseException e) {
      throw new CommandException("--key cannot sign with ES384 or RS384", e);
    }
  }

  private PublicJsonWebKey key() throws JoseException {
    if (key == null && file != null) {
      key = read(file);
    }
    if (key == null || key.getPrivateKey() == null || key.getKeyId() == null) {
      throw new CommandException("--key must be a private JWK with a kid");
    }
    return key;
  }

  private static PublicJsonWebKey read(Path file) {
    try {
      JsonWebKey read = JsonWebKey.Factory.newJwk(Files.readString(file));
      if (read instanceof PublicJsonWebKey pair) {
        return pair;
      }
      throw new CommandException("--key must be a key of type EC or RSA");
    } catch (JoseException e) {
      throw new CommandException("--key must be a JWK in JSON", e);
    } catch (IOException e) {
      throw new CommandException("cannot read " + file, e);
    }
  }
}
