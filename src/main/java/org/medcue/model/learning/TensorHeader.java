package org.medcue.model.learning;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a safetensors file says that it holds, checked against what it does hold: whoever decodes it
 * believes the header, and takes as much memory as it announces.
 *
 * @param values how many numbers there are in all
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
record TensorHeader(long values) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final int LONGEST = 16 * 1024 * 1024;
  private static final int MOST_DIMENSIONS = 8;
  private static final String METADATA = "__metadata__";

  /** Where the numbers of an array lie behind the header, in bytes. */
  private record Part(String name, long begin, long end, int width) {}

  /**
   * Reads and checks a file.
   *
   * @throws IOException if it is no safetensors file of finite numbers in single or half precision
   */
  static TensorHeader of(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() > Integer.MAX_VALUE || channel.size() < Long.BYTES) {
        throw new IOException(
            file + " is no safetensors file: it has " + channel.size() + " bytes");
      }
      ByteBuffer bytes =
          channel
              .map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
              .order(ByteOrder.LITTLE_ENDIAN);
      long length = bytes.getLong();
      if (length < 2 || length > Math.min(LONGEST, bytes.remaining())) {
        throw new IOException(file + " is no safetensors file: its header would have " + length);
      }
      byte[] header = new byte[(int) length];
      bytes.get(header);
      return check(file, new String(header, StandardCharsets.UTF_8), bytes.slice());
    }
  }

  private static TensorHeader check(Path file, String header, ByteBuffer data) throws IOException {
    List<Part> parts = new ArrayList<>();
    for (var entry : tree(file, header).properties()) {
      if (!entry.getKey().equals(METADATA)) {
        parts.add(part(file, entry.getKey(), entry.getValue()));
      }
    }
    parts.sort(Comparator.comparingLong(Part::begin).thenComparingLong(Part::end));
    data.order(ByteOrder.LITTLE_ENDIAN);
    long values = 0;
    long end = 0;
    for (Part part : parts) {
      if (part.begin != end || part.end > data.capacity()) {
        throw new IOException(file + ": " + part.name + " lies elsewhere than it should");
      }
      requireFinite(file, part, data);
      end = part.end;
      values += (part.end - part.begin) / part.width;
    }
    return new TensorHeader(values);
  }

  private static JsonNode tree(Path file, String header) throws IOException {
    try {
      JsonNode tree = JSON.readTree(header);
      if (tree.isObject()) {
        return tree;
      }
      throw new IOException(file + " is no safetensors file: its header is no JSON object");
    } catch (JacksonException e) {
      throw new IOException(file + " is no safetensors file: its header is no JSON", e);
    }
  }

  private static Part part(Path file, String name, JsonNode said) throws IOException {
    int width =
        switch (said.path("dtype").asText()) {
          case "F32" -> Float.BYTES;
          case "F16" -> Short.BYTES;
          default -> throw new IOException(file + ": " + name + " is neither F32 nor F16");
        };
    JsonNode offsets = said.path("data_offsets");
    long begin = offsets.path(0).asLong(-1);
    long end = offsets.path(1).asLong(-1);
    long bytes = width;
    JsonNode shape = said.path("shape");
    boolean whole = shape.isArray() && shape.size() <= MOST_DIMENSIONS && begin >= 0;
    for (JsonNode size : shape) {
      whole &= size.canConvertToInt() && size.isIntegralNumber() && size.intValue() >= 0;
      bytes = whole && bytes <= Integer.MAX_VALUE ? bytes * size.intValue() : -1;
    }
    if (!whole || end - begin != bytes) {
      throw new IOException(file + ": " + name + " has another shape than it has numbers");
    }
    return new Part(name, begin, end, width);
  }

  private static void requireFinite(Path file, Part part, ByteBuffer data) throws IOException {
    for (int i = (int) part.begin; i < part.end; i += part.width) {
      boolean finite =
          part.width == Float.BYTES
              ? Float.isFinite(data.getFloat(i))
              : (data.getShort(i) & 0x7c00)
                  != 0x7c00; // all bits of the exponent: none or no number
      if (!finite) {
        throw new IOException(file + ": " + part.name + " holds what is no number");
      }
    }
  }
}
