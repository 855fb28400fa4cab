package org.medcue.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.medcue.model.ModelFolder;
import org.medcue.model.ModelManifest;

/**
 * Further versions of the bundled model of visits, the same network under other numbers, and of
 * bundled knowledge.
 */
public final class TestVersions {

  private static final Path BUNDLED = Path.of("model-registry/mrkpa/2.1.0");
  private static final Path KNOWLEDGE = Path.of("model-registry/knowledge");
  private static final String SUMS = "SHA256SUMS";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Changes the files of a version before it is sealed. */
  public interface Edit {
    void of(Path folder) throws IOException;
  }

  private TestVersions() {}

  /** The folder of a version of its own, sealed. */
  public static Path folder(Path parent, String version, Edit edit) throws IOException {
    Path folder = Files.createDirectories(parent.resolve(version));
    for (Path file : files(BUNDLED)) {
      if (!file.getFileName().toString().startsWith("manifest.json")) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    ObjectNode manifest = (ObjectNode) JSON.readTree(BUNDLED.resolve("manifest.json").toFile());
    manifest.put("version", version);
    Files.writeString(folder.resolve("draft"), manifest.toString());
    edit.of(folder);
    ModelManifest draft =
        JSON.readValue(Files.readString(folder.resolve("draft")), ModelManifest.class);
    Files.delete(folder.resolve("draft"));
    ModelFolder.seal(folder, draft);
    return folder;
  }

  /** As a version is that is no worse than the bundled one. */
  public static void asItIs(Path folder) {
    // nothing to change
  }

  /** A version whose evaluation is worse. */
  public static void worse(Path folder) throws IOException {
    stating(0.5).of(folder);
    Path file = folder.resolve("evaluation.json");
    ObjectNode evaluation = (ObjectNode) JSON.readTree(file.toFile());
    evaluation.withObject("/validation/metrics/sample").put("jaccard", 0.5);
    Files.writeString(file, evaluation.toString());
  }

  /** A version whose manifest states a figure that its evaluation did not find. */
  public static Edit stating(double figure) {
    return folder -> {
      ObjectNode manifest = (ObjectNode) JSON.readTree(folder.resolve("draft").toFile());
      manifest.withObject("/metrics").put("validation.sample.jaccard", figure);
      Files.writeString(folder.resolve("draft"), manifest.toString());
    };
  }

  /** A version whose usual dosages no replica can read. */
  public static void otherDosages(Path folder) throws IOException {
    Files.writeString(folder.resolve("dosages.json"), "{\"313988\": 5}");
  }

  /** A version whose labels stand in another order than its weights know. */
  public static void otherVocabulary(Path folder) throws IOException {
    Path file = folder.resolve("vocabulary.json");
    ObjectNode vocabulary = (ObjectNode) JSON.readTree(file.toFile());
    var labels = vocabulary.withArray("/labels");
    labels.add(labels.remove(0));
    Files.writeString(file, vocabulary.toString());
  }

  /** A version whose model card says less than it must. */
  public static void withoutIntendedUse(Path folder) throws IOException {
    Path card = folder.resolve("MODEL_CARD.md");
    Files.writeString(card, Files.readString(card).replace("5. **Intended use.**", "5."));
  }

  /** A version that cites other knowledge, such as {@code drugs/1.0.1}. */
  public static Edit citing(String name, String version) {
    return folder -> {
      ObjectNode manifest = (ObjectNode) JSON.readTree(folder.resolve("draft").toFile());
      for (JsonNode cited : manifest.withArray("/knowledge")) {
        if (cited.path("name").asText().equals(name)) {
          ((ObjectNode) cited).put("version", version);
        }
      }
      Files.writeString(folder.resolve("draft"), manifest.toString());
    };
  }

  /** A version whose training profile is of another form. */
  public static void otherProfile(Path folder) throws IOException {
    Files.writeString(folder.resolve("profile.json"), "{\"codes\": 7}");
  }

  /** The folder of a version of knowledge of its own, listed. */
  public static Path knowledge(Path parent, String name, String version, Edit edit)
      throws IOException {
    Path folder = Files.createDirectories(parent.resolve(name).resolve(version));
    for (Path file : files(KNOWLEDGE.resolve(name).resolve("1.0.0"))) {
      Files.copy(file, folder.resolve(file.getFileName()));
    }
    edit.of(folder);
    sum(folder);
    return folder;
  }

  /** Lists the files of a folder of knowledge as they are now. */
  public static void sum(Path folder) throws IOException {
    StringBuilder sums = new StringBuilder();
    for (Path file : files(folder)) {
      if (!file.endsWith(SUMS)) {
        sums.append(ModelFolder.sha256(file) + "  " + file.getFileName() + "\n");
      }
    }
    Files.writeString(folder.resolve(SUMS), sums);
  }

  /** Changes a file by lines. */
  public static Edit lines(String file, UnaryOperator<String> change) {
    return folder -> {
      List<String> lines = Files.readAllLines(folder.resolve(file));
      Files.write(folder.resolve(file), lines.stream().map(change).toList());
    };
  }

  /** A version as an archive. */
  public static byte[] zip(Path folder) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Path file : files(folder)) {
        zip.putNextEntry(new ZipEntry(file.getFileName().toString()));
        Files.copy(file, zip);
      }
    }
    return bytes.toByteArray();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
