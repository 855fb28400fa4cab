package org.medcue.platform.sealing;

import java.nio.charset.StandardCharsets;

/**
 * The row that a sealed value belongs to. It is authenticated with the value, so that one row's
 * value opens in no other.
 *
 * @param kind the table whose content it is, such as {@code recommendation}
 * @param id the row's identifier
 */
public record Place(String kind, String id) {

  /** Associated data: each part with its length in front, so that no two places give the same. */
  byte[] associatedWith(String what) {
    String text = "medcue:" + what + ":" + kind.length() + ":" + kind + ":" + id;
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
