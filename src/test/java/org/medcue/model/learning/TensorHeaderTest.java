package org.medcue.model.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorHeaderTest {

  private static final String ONE =
      "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";

  private final Path file;

  TensorHeaderTest(@TempDir Path folder) {
    file = folder.resolve("weights.safetensors");
  }

  private void write(long length, String header, byte... data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    Files.write(
        file,
        ByteBuffer.allocate(8 + text.length + data.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(length)
            .put(text)
            .put(data)
            .array());
  }

  private void write(String header, byte... data) throws IOException {
    write(header.length(), header, data);
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }

  private void isRefused(String why) {
    assertThatThrownBy(() -> TensorHeader.of(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("weights.safetensors")
        .hasMessageContaining(why);
  }

  @Test
  void numbersOfBothPrecisionsAreCounted() throws IOException {
    write(
        "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"half\":{\"dtype\":\"F16\",\"shape\":[2,1],\"data_offsets\":[8,12]},"
            + "\"whole\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        (byte) 0,
        (byte) 0,
        (byte) 0,
        (byte) 0,
        (byte) 0,
        (byte) 0,
        (byte) 0x80,
        (byte) 0x3f,
        (byte) 0,
        (byte) 0x3c,
        (byte) 0,
        (byte) 0);

    assertThat(TensorHeader.of(file).values()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, 1_000, Integer.MAX_VALUE, 1L << 62})
  void headerOfALengthThatCannotBe(long length) throws IOException {
    write(length, ONE, floats(1, 2));

    isRefused("no safetensors file");
  }

  @Test
  void fileThatIsTooShortForAHeader() throws IOException {
    Files.write(file, new byte[7]);

    isRefused("no safetensors file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "{\"a\":", "{'a':1}"})
  void headerThatIsNoJsonObject(String header) throws IOException {
    write(header);

    isRefused("no safetensors file");
  }

  @Test
  void deepHeader() throws IOException {
    write("{\"a\":" + "[".repeat(100_000));

    isRefused("no safetensors file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "{\"dtype\":\"F32\",\"data_offsets\":[0,8]}",
        "{\"dtype\":\"F32\",\"shape\":null,\"data_offsets\":[0,8]}",
        "{\"dtype\":\"F32\",\"shape\":[[2]],\"data_offsets\":[0,8]}",
        "{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}",
        "{\"dtype\":\"F32\",\"shape\":[2]}",
        "{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[8,0]}",
        "{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}",
        "{\"dtype\":\"F32\",\"shape\":[300000000],\"data_offsets\":[0,1200000000]}",
        "{\"dtype\":\"F32\",\"shape\":[1000000000,320],\"data_offsets\":[0,8]}",
        "{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,2],\"data_offsets\":[0,8]}",
        "{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}",
        "{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}"
      })
  void arrayThatIsNotWhatItIsSaidToBe(String said) throws IOException {
    write("{\"a\":" + said + "}", floats(1, 2));

    isRefused("a ");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void weightThatIsNoNumber(float weight) throws IOException {
    write(ONE, floats(1, weight));

    isRefused("a holds what is no number");
  }

  @Test
  void weightOfHalfPrecisionThatIsNoNumber() throws IOException {
    write(
        "{\"a\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[0,2]}}", (byte) 0, (byte) 0x7c);

    isRefused("a holds what is no number");
  }
}
