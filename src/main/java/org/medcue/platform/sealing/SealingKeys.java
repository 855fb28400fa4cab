package org.medcue.platform.sealing;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that wrap data keys, by id. New values are sealed under the active one; the others only
 * open what was sealed before.
 */
public final class SealingKeys {

  /** How to make a key, for messages. */
  public static final String HOW_TO_MAKE = "make one with: openssl rand -base64 32";

  private static final int KEY_BYTES = 32;
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,40}");

  private final Map<String, SecretKey> keys;
  private final String activeId;

  private SealingKeys(Map<String, SecretKey> keys, String activeId) {
    this.keys = keys;
    this.activeId = activeId;
  }

  /**
   * Reads keys as they are configured.
   *
   * @param base64 32 bytes each in base64, by id
   * @param active id of the key that seals; may be left out where there is one key
   * @throws SealingException if there is no key, a key or an id is malformed, or the active id
   *     names none
   */
  public static SealingKeys of(Map<String, String> base64, Optional<String> active) {
    if (base64.isEmpty()) {
      throw new SealingException(
          "no key to seal patient data: set medcue.sealing.keys.<id>, " + HOW_TO_MAKE);
    }
    Map<String, SecretKey> keys = new TreeMap<>();
    base64.forEach((id, text) -> keys.put(checked(id), key(id, text)));
    if (active.isEmpty() && keys.size() > 1) {
      throw new SealingException("medcue.sealing.active-key is missing: " + choice(keys));
    }
    String activeId = active.orElseGet(() -> keys.keySet().iterator().next());
    if (!keys.containsKey(activeId)) {
      throw new SealingException("medcue.sealing.active-key names no key: " + choice(keys));
    }
    return new SealingKeys(keys, activeId);
  }

  /** One key that ends with this process. */
  static SealingKeys generated() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return new SealingKeys(Map.of("generated", new SecretKeySpec(key, "AES")), "generated");
  }

  // A key given in the place of an id must not be quoted either.
  private static String checked(String id) {
    if (!ID.matcher(id).matches()) {
      throw new SealingException(
          "an id under medcue.sealing.keys is malformed: use up to 40 of a-z, 0-9 and -");
    }
    return id;
  }

  private static SecretKey key(String id, String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      throw new SealingException("medcue.sealing.keys." + id + " is not base64: " + HOW_TO_MAKE);
    }
    if (bytes.length != KEY_BYTES) {
      throw new SealingException(
          "medcue.sealing.keys."
              + id
              + " has "
              + bytes.length
              + " bytes, not "
              + KEY_BYTES
              + ": "
              + HOW_TO_MAKE);
    }
    SecretKey key = new SecretKeySpec(bytes, "AES");
    Arrays.fill(bytes, (byte) 0);
    return key;
  }

  private static String choice(Map<String, SecretKey> keys) {
    return keys.keySet().stream().collect(Collectors.joining(", ", "choose among ", ""));
  }

  /** The key that seals. */
  public String activeId() {
    return activeId;
  }

  /** Every id. */
  public Set<String> ids() {
    return Set.copyOf(keys.keySet());
  }

  SecretKey active() {
    return find(activeId).orElseThrow();
  }

  Optional<SecretKey> find(String id) {
    return Optional.ofNullable(keys.get(id));
  }
}
