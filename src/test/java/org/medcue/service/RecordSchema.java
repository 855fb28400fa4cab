package org.medcue.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Holds the schema of an answer against the records that the answer is written from. */
final class RecordSchema {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ApiDescription api;
  private final Set<JavaType> seen = new HashSet<>();

  RecordSchema(ApiDescription api) {
    this.api = api;
  }

  void requireSame(Type type, JsonNode schema) {
    requireSame(JSON.constructType(type), schema);
  }

  private void requireSame(JavaType type, JsonNode given) {
    JsonNode schema = api.resolved(withoutNull(given));
    if (type.getRawClass() == Optional.class) {
      requireSame(type.containedTypeOrUnknown(0), given);
    } else if (type.isCollectionLikeType()) {
      assertThat(schema.path("type").asText()).as("%s", type).isEqualTo("array");
      requireSame(type.getContentType(), schema.path("items"));
    } else if (type.isEnumType()) {
      requireConstants(type, schema);
    } else if (type.getRawClass().isRecord() && seen.add(type)) {
      Map<String, JavaType> members = members(type);
      assertThat(names(schema.path("properties")))
          .as("members of %s", type)
          .containsExactlyInAnyOrderElementsOf(members.keySet());
      members.forEach((name, member) -> requireSame(member, schema.path("properties").path(name)));
    }
  }

  private static JsonNode withoutNull(JsonNode schema) {
    return schema.has("anyOf") ? schema.path("anyOf").path(0) : onlyOne(schema);
  }

  private static JsonNode onlyOne(JsonNode schema) {
    return schema.path("allOf").size() == 1 ? schema.path("allOf").path(0) : schema;
  }

  private static void requireConstants(JavaType type, JsonNode schema) {
    List<JsonNode> written = new ArrayList<>();
    for (Object constant : type.getRawClass().getEnumConstants()) {
      written.add(JSON.valueToTree(constant));
    }
    assertThat(schema.path("enum"))
        .as("constants of %s", type)
        .containsExactlyInAnyOrderElementsOf(written);
  }

  /** Names as Jackson writes them; raw JSON has no type to look into. */
  private static Map<String, JavaType> members(JavaType type) {
    Map<String, JavaType> members = new TreeMap<>();
    for (BeanPropertyDefinition member :
        JSON.getSerializationConfig().introspect(type).findProperties()) {
      JavaType of = member.getPrimaryType();
      if (member.getAccessor().hasAnnotation(JsonUnwrapped.class)) {
        members.putAll(members(of));
      } else {
        boolean raw = member.getAccessor().hasAnnotation(JsonRawValue.class);
        members.put(member.getName(), raw ? JSON.constructType(Object.class) : of);
      }
    }
    return members;
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
