package org.medcue.model.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.medcue.model.ModelException;
import org.medcue.model.nn.Torch;

/** Named arrays in a safetensors file. */
public final class TensorFile {

  private TensorFile() {}

  /** Writes arrays; they stay as they are. */
  public static void write(Path file, Map<String, NDArray> arrays) throws IOException {
    write(file, arrays, DataType.FLOAT32);
  }

  /** Writes arrays with half the bits, which is about three decimal places. */
  public static void writeHalf(Path file, Map<String, NDArray> arrays) throws IOException {
    write(file, arrays, DataType.FLOAT16);
  }

  private static void write(Path file, Map<String, NDArray> arrays, DataType type)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDList named = new NDList();
      arrays.forEach(
          (name, array) -> {
            NDArray copy = array.toType(type, true);
            copy.setName(name);
            named.add(copy);
          });
      named.encode(out, NDList.Encoding.SAFETENSORS);
    }
  }

  /**
   * Puts what was read into an array.
   *
   * @throws ModelException if there is none of that name and size
   */
  public static void restore(NDArray array, String name, Map<String, float[]> read) {
    float[] values = read.get(name);
    if (values == null || values.length != array.size()) {
      throw new ModelException("the file does not fit this network: " + name);
    }
    try (NDArray copy = array.getManager().create(values, array.getShape())) {
      Torch.copy(copy, array);
    }
  }

  /**
   * Reads arrays of either precision, flattened.
   *
   * @throws IOException if it is no safetensors file of finite numbers
   */
  public static Map<String, float[]> read(Path file) throws IOException {
    try (NDManager manager = Torch.newManager()) {
      Map<String, float[]> arrays = new LinkedHashMap<>();
      for (NDArray array : decode(manager, file)) {
        arrays.put(array.getName(), array.toType(DataType.FLOAT32, false).toFloatArray());
      }
      return arrays;
    }
  }

  /**
   * Reads named arrays as they are.
   *
   * @param manager owns them
   * @throws IOException if it is no safetensors file of finite numbers
   */
  public static NDList decode(NDManager manager, Path file) throws IOException {
    TensorHeader.of(file);
    try (InputStream in = Files.newInputStream(file)) {
      return NDList.decode(manager, in);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is no safetensors file", e);
    }
  }

  /**
   * How many numbers a file holds.
   *
   * @throws IOException if it is no safetensors file of finite numbers
   */
  public static long values(Path file) throws IOException {
    return TensorHeader.of(file).values();
  }
}
