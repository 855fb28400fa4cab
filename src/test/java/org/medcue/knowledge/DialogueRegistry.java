package org.medcue.knowledge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the bundled knowledge of dialogues, to be broken. */
record DialogueRegistry(Path root) {

  static final Path BUNDLED = Path.of("model-registry");

  static DialogueRegistry copyTo(Path root) throws IOException {
    for (KnowledgeVersion version : DialogueKnowledge.bundled()) {
      Path to = Files.createDirectories(folder(root, version.name()));
      try (Stream<Path> files = Files.list(folder(BUNDLED, version.name()))) {
        for (Path file : files.toList()) {
          Files.copy(file, to.resolve(file.getFileName()));
        }
      }
    }
    return new DialogueRegistry(root);
  }

  DialogueKnowledge load() {
    return DialogueKnowledge.load(root, DialogueKnowledge.bundled());
  }

  /** Adds a row to a file without its digest. */
  DialogueRegistry tamper(String name, String file, String row) throws IOException {
    Path path = folder(root, name).resolve(file);
    Files.writeString(path, Files.readString(path) + row + "\n");
    return this;
  }

  /** Adds a row to a file and publishes its digest. */
  DialogueRegistry publish(String name, String file, String row) throws Exception {
    tamper(name, file, row);
    sum(folder(root, name));
    return this;
  }

  private static Path folder(Path root, String name) {
    return root.resolve("knowledge").resolve(name).resolve("1.0.0");
  }

  private static void sum(Path folder) throws IOException, NoSuchAlgorithmException {
    List<String> sums = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("SHA256SUMS"))) {
      String file = line.substring(line.lastIndexOf(' ') + 1);
      byte[] content = Files.readAllBytes(folder.resolve(file));
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      sums.add(HexFormat.of().formatHex(digest) + "  " + file);
    }
    Files.write(folder.resolve("SHA256SUMS"), sums, StandardCharsets.UTF_8);
  }
}
