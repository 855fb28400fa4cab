package org.medcue.fhir;

import java.util.HashMap;
import java.util.Map;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/**
 * Finds the id behind a reference, however it is written: {@code Encounter/1}, an absolute URL, a
 * version of either, {@code urn:uuid:…} or the fullUrl of a Bundle entry.
 */
final class References {

  private static final String HISTORY = "/_history/";

  private final Map<String, String> idByFullUrl = new HashMap<>();

  /** Remembers under which fullUrl a resource with an id of its own was sent. */
  void alias(String fullUrl, String id) {
    idByFullUrl.put(fullUrl, id);
  }

  /** The id a reference points to, or null where it states none. */
  @Nullable String idOf(@Nullable Reference reference) {
    String text = reference == null ? null : reference.getReference();
    return text == null || text.isBlank() ? null : idOf(text);
  }

  String idOf(String reference) {
    String alias = idByFullUrl.get(reference);
    return alias == null ? lastPart(reference) : alias;
  }

  static String lastPart(String reference) {
    int version = reference.indexOf(HISTORY);
    String plain = version < 0 ? reference : reference.substring(0, version);
    int start =
        Math.max(plain.lastIndexOf('/'), plain.startsWith("urn:") ? plain.lastIndexOf(':') : -1);
    return plain.substring(start + 1);
  }
}
