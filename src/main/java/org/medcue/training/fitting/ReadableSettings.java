package org.medcue.training.fitting;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Locale;

/** Settings as a person would say them: {@code "ontology": false} is "without ontology". */
final class ReadableSettings {

  private static final JsonMapper JSON = new JsonMapper();

  private ReadableSettings() {}

  /** The fields of a JSON object, nested ones in parentheses. */
  static String of(JsonNode object) {
    return object.properties().stream()
        .map(field -> of(words(field.getKey()), field.getValue()))
        .collect(joining(", "));
  }

  /** A text that may be a JSON object, in which case its fields. */
  static String of(String text) {
    try {
      JsonNode json = JSON.readTree(text);
      return json.isObject() ? of(json) : plain(text);
    } catch (JsonProcessingException e) {
      return plain(text);
    }
  }

  private static String of(String name, JsonNode value) {
    if (value.isObject()) {
      return name + " (" + of(value) + ")";
    }
    if (value.isNull() || value.isBoolean()) {
      return (value.asBoolean() ? "with " : "without ") + name;
    }
    return name + " " + plain(value.isTextual() ? value.asText() : value.toString());
  }

  private static String words(String key) {
    return plain(key.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT));
  }

  /** Without what Markdown or a check for forgotten placeholders would take for its own. */
  private static String plain(String value) {
    return value.replaceAll("[{}\"`|]", "").replaceAll("\\s+", " ");
  }
}
