package org.medcue.model;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.stream.Collectors;

/**
 * What is wrong with JSON, in words for people who do not know the classes that it is read into.
 */
final class JsonFault {

  private JsonFault() {}

  static String of(JacksonException failure) {
    if (failure instanceof ValueInstantiationException refused && refused.getCause() != null) {
      return String.valueOf(refused.getCause().getMessage());
    }
    if (failure instanceof JsonMappingException mapping) {
      return "what stands at " + path(mapping) + " is missing, unknown or of another type";
    }
    return failure.getOriginalMessage();
  }

  private static String path(JsonMappingException failure) {
    String path =
        failure.getPath().stream()
            .map(step -> step.getFieldName() == null ? step.getIndex() : step.getFieldName())
            .map(String::valueOf)
            .collect(Collectors.joining("/"));
    return path.isEmpty() ? "its top" : path;
  }
}
