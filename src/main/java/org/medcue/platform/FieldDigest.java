package org.medcue.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * SHA-256 over named fields. Each stands on a line of its own with its length in characters in
 * front, so that different fields never give the same text.
 */
public final class FieldDigest {

  private final StringBuilder text = new StringBuilder();

  /** Appends a field. */
  public FieldDigest field(String name, Object value) {
    String line = value.toString();
    text.append(name).append(' ').append(line.length()).append(' ').append(line).append('\n');
    return this;
  }

  /** Appends a field that may be absent, which differs from an empty one. */
  public FieldDigest optional(String name, Optional<?> value) {
    if (value.isEmpty()) {
      text.append(name).append(" -\n");
      return this;
    }
    return field(name, value.get());
  }

  /** 64 hexadecimal digits. */
  public String sha256() {
    return HexFormat.of().formatHex(sha256(bytes()));
  }

  /** The text itself, in UTF-8, for a signature over it. */
  public byte[] bytes() {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
