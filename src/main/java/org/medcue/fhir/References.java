package org.medcue.fhir;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/**
 * Finds the id behind a reference, however it is written: {@code Encounter/1}, an absolute URL, a
 * version of either, {@code urn:uuid:…} or the fullUrl of a Bundle entry.
 */
final class References {

  private static final String HISTORY = "/_history/";

  // Relative or absolute, with or without a version; neither query nor fragment (FHIR R4, 2.3.0.1)
  private static final Pattern TYPED =
      Pattern.compile(
          "(?:https?://[^?#\\s]+/)?([A-Za-z]+)/([A-Za-z0-9.\\-]+)(?:/_history/[A-Za-z0-9.\\-]+)?");

  private record Target(String type, String id) {}

  private final Map<String, Target> byFullUrl = new HashMap<>();

  /** Remembers under which fullUrl a resource was sent. */
  void alias(String fullUrl, String type, String id) {
    byFullUrl.put(fullUrl, new Target(type, id));
  }

  /** The id a reference to a resource of a type points to, or null where it points elsewhere. */
  @Nullable String idOf(String reference, String type) {
    Matcher typed = TYPED.matcher(reference);
    if (typed.matches()) {
      return typed.group(1).equals(type) ? typed.group(2) : null;
    }
    Target target = reference.startsWith("urn:") ? byFullUrl.get(reference) : null;
    return target != null && target.type().equals(type) ? target.id() : null;
  }

  /** The resource type that a reference points to, or null where it does not say so. */
  @Nullable String typeOf(String reference) {
    Target target = byFullUrl.get(reference);
    if (target != null) {
      return target.type();
    }
    Matcher typed = TYPED.matcher(reference);
    return typed.matches() ? typed.group(1) : null;
  }

  /** The id a reference points to, or null where it states none. */
  @Nullable String idOf(@Nullable Reference reference) {
    String text = reference == null ? null : reference.getReference();
    return text == null || text.isBlank() ? null : idOf(text);
  }

  String idOf(String reference) {
    Target target = byFullUrl.get(reference);
    return target == null ? lastPart(reference) : target.id();
  }

  static String lastPart(String reference) {
    int version = reference.indexOf(HISTORY);
    String plain = version < 0 ? reference : reference.substring(0, version);
    int start =
        Math.max(plain.lastIndexOf('/'), plain.startsWith("urn:") ? plain.lastIndexOf(':') : -1);
    return plain.substring(start + 1);
  }
}
