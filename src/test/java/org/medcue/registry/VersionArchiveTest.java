package org.medcue.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.platform.RequestRefusedException;

class VersionArchiveTest {

  private static final long MOST = 100_000;

  @TempDir Path parent = Path.of("");

  private static byte[] zip(byte[] content, String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
      }
    }
    return bytes.toByteArray();
  }

  private Path unpack(byte[] archive) throws IOException {
    Path folder = Files.createDirectory(parent.resolve("in"));
    VersionArchive.unpack(new ByteArrayInputStream(archive), folder, MOST);
    return folder;
  }

  @Test
  void filesComeOutAsTheyWentIn() throws IOException {
    byte[] content = "heavy".getBytes(StandardCharsets.UTF_8);

    Path folder = unpack(zip(content, "manifest.json", "weights.safetensors"));

    assertThat(folder.resolve("manifest.json")).hasBinaryContent(content);
    assertThat(folder.resolve("weights.safetensors")).hasBinaryContent(content);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../manifest.json",
        "a/../../manifest.json",
        "/etc/passwd",
        "..",
        ".hidden",
        "folder/",
        "folder/file",
        "..\\manifest.json",
        "C:\\manifest.json",
        "manifest.json\u0000.txt",
        "a b",
      })
  void entryThatIsNoPlainNameWritesNothing(String name) throws IOException {
    byte[] archive = zip(new byte[1], name);

    assertThatThrownBy(() -> unpack(archive))
        .isInstanceOf(RequestRefusedException.class)
        .hasMessageContaining("no plain file name");
    try (var files = Files.walk(parent)) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void smallArchiveWithMuchInItIsCutOff() throws IOException {
    byte[] bomb = zip(new byte[5_000_000], "zeros");
    assertThat(bomb.length).isLessThan((int) MOST);

    assertThatThrownBy(() -> unpack(bomb)).hasMessageContaining("more than medcue.registry");
    assertThat(Files.size(parent.resolve("in/zeros"))).isLessThanOrEqualTo(MOST);
  }

  @Test
  void manyFilesAreRefused() throws IOException {
    String[] names = new String[101];
    for (int i = 0; i < names.length; i++) {
      names[i] = "file" + i;
    }
    byte[] archive = zip(new byte[1], names);

    assertThatThrownBy(() -> unpack(archive)).hasMessageContaining("more than 100 files");
  }

  @Test
  void whatIsNoArchiveIsRefused() throws IOException {
    byte[] archive = zip("heavy".repeat(1_000).getBytes(StandardCharsets.UTF_8), "weights");
    byte[] half = java.util.Arrays.copyOf(archive, archive.length / 2);

    assertThatThrownBy(() -> unpack("PK is no archive".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(RequestRefusedException.class);
    Files.delete(parent.resolve("in"));
    assertThatThrownBy(() -> unpack(half)).isInstanceOf(RequestRefusedException.class);
  }
}
