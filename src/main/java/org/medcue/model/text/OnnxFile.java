package org.medcue.model.text;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.medcue.model.ModelException;

/**
 * The weights of an ONNX file: its initialisers by name, and which of them each node multiplies
 * with, since exporters give transposed weights names of their own. Nothing else of the file is
 * read (ONNX IR, {@code onnx.proto}).
 */
final class OnnxFile {

  // Field numbers of onnx.proto
  private static final int MODEL_GRAPH = 7;
  private static final int GRAPH_NODE = 1;
  private static final int GRAPH_INITIALIZER = 5;
  private static final int NODE_INPUT = 1;
  private static final int NODE_NAME = 3;
  private static final int TENSOR_DIMS = 1;
  private static final int TENSOR_DATA_TYPE = 2;
  private static final int TENSOR_NAME = 8;
  private static final int TENSOR_RAW_DATA = 9;
  private static final int FLOAT = 1;

  /**
   * An initialiser.
   *
   * @param shape its dimensions
   * @param values row by row
   */
  record Tensor(long[] shape, FloatBuffer values) {}

  private final Map<String, Tensor> initializers = new HashMap<>();
  private final Map<String, List<String>> inputs = new HashMap<>();

  private OnnxFile() {}

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read or is no ONNX file
   */
  static OnnxFile read(InputStream in) throws IOException {
    OnnxFile file = new OnnxFile();
    CodedInputStream model = CodedInputStream.newInstance(in);
    model.setSizeLimit(Integer.MAX_VALUE);
    forEachField(
        model,
        (field, type) -> {
          if (field != MODEL_GRAPH) {
            return false;
          }
          int outer = model.pushLimit(model.readRawVarint32());
          file.readGraph(model);
          model.popLimit(outer);
          return true;
        });
    return file;
  }

  private void readGraph(CodedInputStream graph) throws IOException {
    forEachField(
        graph,
        (field, type) -> {
          if (field != GRAPH_NODE && field != GRAPH_INITIALIZER) {
            return false;
          }
          int outer = graph.pushLimit(graph.readRawVarint32());
          if (field == GRAPH_NODE) {
            readNode(graph);
          } else {
            readTensor(graph);
          }
          graph.popLimit(outer);
          return true;
        });
  }

  private void readNode(CodedInputStream node) throws IOException {
    List<String> read = new ArrayList<>();
    String[] name = {""};
    forEachField(
        node,
        (field, type) -> {
          switch (field) {
            case NODE_INPUT -> read.add(node.readString());
            case NODE_NAME -> name[0] = node.readString();
            default -> {
              return false;
            }
          }
          return true;
        });
    inputs.put(name[0], read);
  }

  private void readTensor(CodedInputStream tensor) throws IOException {
    List<Long> shape = new ArrayList<>();
    String[] name = {""};
    int[] dataType = {0};
    ByteString[] raw = {ByteString.EMPTY};
    forEachField(
        tensor,
        (field, type) -> {
          switch (field) {
            case TENSOR_DIMS -> readDimensions(tensor, type, shape);
            case TENSOR_DATA_TYPE -> dataType[0] = tensor.readInt32();
            case TENSOR_NAME -> name[0] = tensor.readString();
            case TENSOR_RAW_DATA -> raw[0] = tensor.readBytes();
            default -> {
              return false;
            }
          }
          return true;
        });
    if (dataType[0] == FLOAT) {
      FloatBuffer values =
          raw[0].asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      initializers.put(
          name[0], new Tensor(shape.stream().mapToLong(Long::longValue).toArray(), values));
    }
  }

  /** Writers may pack repeated numbers or not. */
  private static void readDimensions(CodedInputStream tensor, int type, List<Long> shape)
      throws IOException {
    if (type != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      shape.add(tensor.readInt64());
      return;
    }
    int outer = tensor.pushLimit(tensor.readRawVarint32());
    while (tensor.getBytesUntilLimit() > 0) {
      shape.add(tensor.readInt64());
    }
    tensor.popLimit(outer);
  }

  private interface Field {
    /** Reads a field and says so, or leaves it to be skipped. */
    boolean read(int field, int type) throws IOException;
  }

  private static void forEachField(CodedInputStream in, Field reader) throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (!reader.read(WireFormat.getTagFieldNumber(tag), WireFormat.getTagWireType(tag))) {
        in.skipField(tag);
      }
    }
  }

  /** Whether there is an initialiser of that name. */
  boolean has(String name) {
    return initializers.containsKey(name);
  }

  /**
   * An initialiser by its name.
   *
   * @throws ModelException if there is none
   */
  Tensor initializer(String name) {
    Tensor tensor = initializers.get(name);
    if (tensor == null) {
      throw new ModelException("the encoder's ONNX file has no weights " + name);
    }
    return tensor;
  }

  /**
   * The initialiser that a node multiplies its input with.
   *
   * @throws ModelException if there is none
   */
  Tensor factor(String node) {
    return inputs.getOrDefault(node, List.of()).stream()
        .filter(initializers::containsKey)
        .findFirst()
        .map(this::initializer)
        .orElseThrow(() -> new ModelException("the encoder's ONNX file has no weights at " + node));
  }
}
