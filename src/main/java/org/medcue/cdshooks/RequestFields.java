package org.medcue.cdshooks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.medcue.platform.RequestRefusedException;
import org.medcue.platform.Violation;

/**
 * Reads the elements of a request and collects everything wrong with it, so that a client learns
 * all of it at once, or the first 20 things and how many more there are. Elements that are not
 * asked for, {@code extension} first of all, are passed over. Null counts as absent.
 */
final class RequestFields {

  static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");
  static final Pattern REFERENCE = Pattern.compile("[A-Z][A-Za-z]{1,63}/[A-Za-z0-9\\-.]{1,64}");
  static final Pattern UUID_TEXT = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private static final int MAX_VIOLATIONS = 20;

  private final List<Violation> violations = new ArrayList<>();
  private int more;

  void violation(String path, String message) {
    if (violations.size() < MAX_VIOLATIONS) {
      violations.add(new Violation(path, message));
    } else {
      more++;
    }
  }

  /** Refuses the request (400) if anything was wrong. */
  void refuseIfAny() {
    if (more > 0) {
      violations.add(new Violation("body", "and " + more + " more"));
    }
    if (!violations.isEmpty()) {
      throw new RequestRefusedException(400, violations);
    }
  }

  /** A child element; missing where it is absent, null, or the parent is no object. */
  static JsonNode child(JsonNode parent, String name) {
    JsonNode child = parent.path(name);
    return child.isNull() ? parent.path("\0") : child;
  }

  /** An object that must be there, or a missing node. */
  JsonNode requiredObject(JsonNode parent, String name, String path) {
    JsonNode value = child(parent, name);
    if (value.isMissingNode()) {
      violation(path, "missing");
    } else if (!value.isObject()) {
      violation(path, "must be an object");
    }
    return value;
  }

  /** A string that must be there, or the empty string. */
  String required(JsonNode parent, String name, String path, Predicate<String> form, String what) {
    JsonNode value = child(parent, name);
    if (value.isMissingNode()) {
      violation(path, "missing");
      return "";
    }
    return text(value, path, form, what);
  }

  /** A string that may be there. */
  Optional<String> optional(
      JsonNode parent, String name, String path, Predicate<String> form, String what) {
    JsonNode value = child(parent, name);
    return value.isMissingNode() ? Optional.empty() : Optional.of(text(value, path, form, what));
  }

  /** One string, or the empty string if it has not the form. */
  String text(JsonNode value, String path, Predicate<String> form, String what) {
    if (value.isTextual() && form.test(value.textValue())) {
      return value.textValue();
    }
    violation(path, "must be " + what);
    return "";
  }

  /** An array that must be there; its elements, or none. */
  List<JsonNode> requiredArray(JsonNode parent, String name, String path) {
    JsonNode value = child(parent, name);
    if (value.isMissingNode()) {
      violation(path, "missing");
    } else if (!value.isArray()) {
      violation(path, "must be an array");
    }
    List<JsonNode> elements = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(elements::add);
    }
    return elements;
  }

  static Predicate<String> matching(Pattern pattern) {
    return text -> pattern.matcher(text).matches();
  }
}
