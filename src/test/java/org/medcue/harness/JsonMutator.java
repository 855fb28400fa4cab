package org.medcue.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Changes a valid request in one to four places, as a faulty or hostile client might: it knows the
 * structure, so what it sends gets far.
 */
public final class JsonMutator {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\0",
          "\uD800",
          "null",
          "-1",
          "../../etc/passwd",
          "' or 1=1 --",
          "{{context.patientId}}",
          "${jndi:ldap://127.0.0.1/x}",
          "<script>alert(1)</script>",
          "%s%n%x",
          "http://169.254.169.254/",
          "Patient/another",
          "urn:uuid:00000000-0000-0000-0000-000000000000",
          "0000-00-00",
          "9999-12-31T23:59:59+14:00",
          "2026-02-30",
          "+292278994-08-17T07:12:55.807Z",
          "entered-in-error",
          "医生：",
          "a\u0301\u202E\u200B");

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-1",
          "1e308",
          "-0.0",
          "9223372036854775808",
          "0.1e-400",
          "1e4000",
          "1e999999999",
          "-1e-999999999");

  private record Place(ObjectNode object, String name, ArrayNode array, int index) {
    JsonNode get() {
      return object == null ? array.get(index) : object.get(name);
    }

    void set(JsonNode value) {
      if (object == null) {
        array.set(index, value);
      } else {
        object.set(name, value);
      }
    }

    void remove() {
      if (object == null) {
        array.remove(index);
      } else {
        object.remove(name);
      }
    }
  }

  private final Random random;

  public JsonMutator(long seed) {
    this.random = new Random(seed);
  }

  /** A changed copy, as text; one in ten is broken as text, too. */
  public String mutate(ObjectNode valid) {
    ObjectNode copy = valid.deepCopy();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      change(copy);
    }
    String text = copy.toString();
    return random.nextInt(10) == 0 ? broken(text) : text;
  }

  private void change(ObjectNode root) {
    List<Place> places = new ArrayList<>();
    collect(root, places);
    if (places.isEmpty()) {
      return;
    }
    Place place = places.get(random.nextInt(places.size()));
    switch (random.nextInt(9)) {
      case 0 -> place.remove();
      case 1 -> place.set(JSON.nullNode());
      case 2 -> place.set(scalar());
      case 3 -> place.set(places.get(random.nextInt(places.size())).get().deepCopy());
      case 4 -> place.set(JSON.arrayNode().add(place.get().deepCopy()));
      case 5 -> place.set(JSON.objectNode().set("value", place.get().deepCopy()));
      case 6 -> place.set(many(place.get()));
      case 7 -> place.set(deep());
      default -> rename(place);
    }
  }

  @SuppressWarnings("NullAway")
  private static void collect(JsonNode node, List<Place> places) {
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              field -> {
                places.add(new Place(object, field.getKey(), null, 0));
                collect(field.getValue(), places);
              });
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        places.add(new Place(null, "", array, i));
        collect(array.get(i), places);
      }
    }
  }

  private JsonNode scalar() {
    return switch (random.nextInt(4)) {
      case 0 -> JSON.booleanNode(random.nextBoolean());
      case 1 -> JSON.numberNode(new BigDecimal(NUMBERS.get(random.nextInt(NUMBERS.size()))));
      case 2 -> JSON.textNode("x".repeat(1 + random.nextInt(20_000)));
      default -> JSON.textNode(TEXTS.get(random.nextInt(TEXTS.size())));
    };
  }

  private ArrayNode many(JsonNode value) {
    ArrayNode array = JSON.arrayNode();
    int size = value.toString().length() > 1_000 ? 3 : random.nextInt(200);
    for (int i = 0; i < size; i++) {
      array.add(value.deepCopy());
    }
    return array;
  }

  private JsonNode deep() {
    JsonNode node = JSON.textNode("bottom");
    for (int i = random.nextInt(150); i > 0; i--) {
      node =
          random.nextBoolean()
              ? JSON.arrayNode().add(node)
              : JSON.objectNode().set("extension", node);
    }
    return node;
  }

  private void rename(Place place) {
    JsonNode value = place.get();
    place.remove();
    if (place.object() != null) {
      place.object().set(TEXTS.get(random.nextInt(TEXTS.size())), value);
    }
  }

  private String broken(String text) {
    int at = random.nextInt(text.length());
    return switch (random.nextInt(3)) {
      case 0 -> text.substring(0, at);
      case 1 -> text.substring(0, at) + "}{\"" + text.substring(at);
      default -> text.substring(0, at) + (char) random.nextInt(0x100) + text.substring(at);
    };
  }
}
