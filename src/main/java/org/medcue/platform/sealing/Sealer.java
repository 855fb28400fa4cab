package org.medcue.platform.sealing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Envelope encryption. Each value has a data key of its own, used once; the active key wraps it. So
 * another key takes over by wrapping 32 bytes anew, without touching the content.
 */
final class Sealer {

  private static final String CONTENT = "content";
  private static final String DATA_KEY = "data key";
  private static final int DATA_KEY_BYTES = 32;

  private final SealingKeys keys;

  Sealer(SealingKeys keys) {
    this.keys = keys;
  }

  SealingKeys keys() {
    return keys;
  }

  /** Compresses and seals. */
  Sealed seal(Place place, byte[] content) {
    byte[] dataKey = AesGcm.random(DATA_KEY_BYTES);
    byte[] sealed = AesGcm.encrypt(aes(dataKey), place.associatedWith(CONTENT), gzip(content));
    byte[] wrapped = AesGcm.encrypt(keys.active(), place.associatedWith(DATA_KEY), dataKey);
    Arrays.fill(dataKey, (byte) 0);
    return new Sealed(keys.activeId(), wrapped, sealed);
  }

  Opened open(Place place, Sealed sealed) {
    Optional<SecretKey> key = keys.find(sealed.keyId());
    if (key.isEmpty()) {
      return new Opened.KeyMissing(sealed.keyId());
    }
    return AesGcm.decrypt(key.get(), place.associatedWith(DATA_KEY), sealed.wrappedKey())
        .flatMap(
            dataKey ->
                AesGcm.decrypt(aes(dataKey), place.associatedWith(CONTENT), sealed.content()))
        .<Opened>map(content -> new Opened.Content(gunzip(content)))
        .orElseGet(Opened.Damaged::new);
  }

  /**
   * Wraps a data key with the active key.
   *
   * @return empty if the key that wraps it now is missing, or it is damaged
   */
  Optional<byte[]> rewrap(Place place, String keyId, byte[] wrappedKey) {
    byte[] associated = place.associatedWith(DATA_KEY);
    return keys.find(keyId)
        .flatMap(key -> AesGcm.decrypt(key, associated, wrappedKey))
        .map(dataKey -> AesGcm.encrypt(keys.active(), associated, dataKey));
  }

  private static SecretKey aes(byte[] key) {
    return new SecretKeySpec(key, "AES");
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length / 4 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static byte[] gunzip(byte[] content) {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(content))) {
      return gzip.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("authentic content is what was written", e);
    }
  }
}
