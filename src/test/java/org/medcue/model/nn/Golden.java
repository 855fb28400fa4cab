package org.medcue.model.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Weights, inputs and outputs that were computed without this code; each file says how. */
public final class Golden {

  private static final float TOLERANCE = 1e-5f;

  private final JsonNode json;

  private Golden(JsonNode json) {
    this.json = json;
  }

  public static Golden read(String name) throws IOException {
    try (InputStream in = Golden.class.getResourceAsStream("/model/" + name)) {
      return new Golden(new JsonMapper().readTree(Objects.requireNonNull(in, name)));
    }
  }

  public JsonNode get(String field) {
    return json.required(field);
  }

  public int integer(String field) {
    return get(field).intValue();
  }

  public NDArray array(NDManager manager, String field) {
    return array(manager, get(field));
  }

  static NDArray array(NDManager manager, JsonNode array) {
    return manager.create(values(array), shape(array));
  }

  private static Shape shape(JsonNode array) {
    JsonNode dimensions = array.required("shape");
    long[] shape = new long[dimensions.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = dimensions.get(i).longValue();
    }
    return new Shape(shape);
  }

  public float[] values(String field) {
    return values(get(field));
  }

  /** The numbers of an array. */
  public static float[] values(JsonNode array) {
    JsonNode numbers = array.required("values");
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(i).floatValue();
    }
    return values;
  }

  /** Sets parameters, by name; those of the file and those given must be the same. */
  public void setWeights(Map<String, Parameter> parameters) {
    Map<String, NDArray> arrays = new TreeMap<>();
    parameters.forEach((name, parameter) -> arrays.put(name, parameter.getArray()));
    setArrays(arrays, "weights");
  }

  /** Sets arrays, by name; those of the field and those given must be the same. */
  public void setArrays(Map<String, NDArray> arrays, String field) {
    assertThat(arrays.keySet()).containsExactlyInAnyOrderElementsOf(names(field));
    arrays.forEach(
        (name, array) -> {
          JsonNode stored = get(field).required(name);
          assertThat(array.getShape()).as(name).isEqualTo(shape(stored));
          array.set(values(stored));
        });
  }

  private Set<String> names(String field) {
    Set<String> names = new HashSet<>();
    get(field).fieldNames().forEachRemaining(names::add);
    return names;
  }

  /**
   * Compares arrays of any size, by name, within a share of 1 and of the number.
   *
   * @param tolerance the share
   */
  public void assertEqual(Map<String, float[]> actual, String expectedField, double tolerance) {
    assertThat(actual.keySet()).containsAll(names(expectedField));
    actual.forEach(
        (name, numbers) -> {
          JsonNode stored = get(expectedField).path(name);
          // What the reference has no gradient for does not take part.
          float[] expected = stored.isMissingNode() ? new float[numbers.length] : values(stored);
          assertThat(numbers).as(name).hasSameSizeAs(expected);
          for (int i = 0; i < expected.length; i++) {
            assertThat((double) numbers[i])
                .as("%s[%d]", name, i)
                .isCloseTo(expected[i], within(tolerance * (1 + Math.abs(expected[i]))));
          }
        });
  }

  /** A block's parameters by the path of their blocks, without DJL's running numbers. */
  public static Map<String, Parameter> parameters(Block block) {
    Map<String, Parameter> parameters = new TreeMap<>();
    block
        .getParameters()
        .forEach(
            p ->
                parameters.put(
                    p.getKey().replaceAll("(^|_)\\d+", "$1").replace('_', '.'), p.getValue()));
    return parameters;
  }

  public void assertEquals(float[] actual, String expectedField) {
    assertThat(actual).containsExactly(values(expectedField), within(TOLERANCE));
  }
}
