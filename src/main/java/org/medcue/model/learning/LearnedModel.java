package org.medcue.model.learning;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A network and the memory that its weights lie in, which closing frees. */
public interface LearnedModel extends AutoCloseable {

  /** What training moves and a version's folder keeps, by name. */
  Map<String, Parameter> parameters();

  /** Owns the weights. */
  NDManager manager();

  /** Bytes of the weights and constants in that memory. */
  default long nativeBytes() {
    return nativeBytes(manager());
  }

  /** Bytes of the arrays that a manager owns itself; those of its sub-managers are not counted. */
  static long nativeBytes(NDManager manager) {
    return manager.getManagedArrays().stream()
        .mapToLong(array -> array.size() * array.getDataType().getNumOfBytes())
        .sum();
  }

  /** Ends all learning: predictions then record no gradients, on whatever thread they are made. */
  default void freeze() {
    parameters().values().forEach(parameter -> parameter.getArray().setRequiresGradient(false));
  }

  @Override
  default void close() {
    manager().close();
  }

  /** A block's parameters by name: the path of blocks without DJL's running numbers. */
  static Map<String, Parameter> parametersOf(Block block) {
    Map<String, Parameter> byName = new LinkedHashMap<>();
    for (Pair<String, Parameter> entry : block.getParameters()) {
      String[] path = entry.getKey().split("_");
      String name =
          String.join(
              ".", Arrays.stream(path).map(part -> part.replaceFirst("^[0-9]+", "")).toList());
      if (byName.put(name, entry.getValue()) != null) {
        throw new IllegalStateException("two parameters are named " + name);
      }
    }
    return byName;
  }
}
