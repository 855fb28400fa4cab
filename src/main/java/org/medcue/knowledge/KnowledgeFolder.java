package org.medcue.knowledge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One version of one piece of knowledge on disk: tab-separated files, each listed with its digest
 * in {@code SHA256SUMS}. The bytes that were verified are the bytes that are read.
 */
final class KnowledgeFolder {

  private static final String SUMS = "SHA256SUMS";
  private static final Pattern SUM_LINE = Pattern.compile("([0-9a-f]{64}) [ *]([A-Za-z0-9._-]+)");
  private static final Pattern PLAIN_VERSION = Pattern.compile("[0-9]+(\\.[0-9A-Za-z-]+)*");

  private final KnowledgeVersion version;
  private final Path folder;
  private final Map<String, byte[]> files;

  private KnowledgeFolder(KnowledgeVersion version, Path folder, Map<String, byte[]> files) {
    this.version = version;
    this.folder = folder;
    this.files = files;
  }

  /**
   * Reads and verifies {@code knowledge/<name>/<version>/} of a model registry.
   *
   * @throws KnowledgeException if the folder or a file is missing or a digest differs
   */
  static KnowledgeFolder open(Path modelRegistry, KnowledgeVersion version) {
    if (!PLAIN_VERSION.matcher(version.version()).matches()) {
      throw new KnowledgeException("Not a version of knowledge: " + version);
    }
    Path folder =
        modelRegistry.resolve("knowledge").resolve(version.name()).resolve(version.version());
    if (!Files.isDirectory(folder)) {
      throw new KnowledgeException(
          "No knowledge " + version + " at " + folder + ": restore that folder of the registry");
    }
    Map<String, byte[]> files = new HashMap<>();
    for (String line : text(read(folder.resolve(SUMS))).lines().toList()) {
      Matcher sum = SUM_LINE.matcher(line);
      if (!sum.matches()) {
        throw new KnowledgeException(
            folder.resolve(SUMS) + " has a line that is no digest: restore the file");
      }
      Path file = folder.resolve(sum.group(2));
      files.put(sum.group(2), verified(file, sum.group(1)));
    }
    return new KnowledgeFolder(version, folder, files);
  }

  /**
   * Reads and verifies the one version of a piece that is cited.
   *
   * @throws KnowledgeException if none or several are cited, or as {@link #open} says
   */
  static KnowledgeFolder openCited(Path modelRegistry, List<KnowledgeVersion> cited, String name) {
    List<KnowledgeVersion> versions =
        cited.stream().filter(version -> version.name().equals(name)).toList();
    if (versions.size() != 1) {
      throw new KnowledgeException("Cite one version of " + name + ", not those of " + cited);
    }
    return open(modelRegistry, versions.get(0));
  }

  KnowledgeVersion version() {
    return version;
  }

  /**
   * The rows of a file, without empty lines and comments ({@code #}).
   *
   * @throws KnowledgeException if the file has no digest, or a row another number of columns
   */
  List<String[]> rows(String name, int columns) {
    byte[] content = files.get(name);
    if (content == null) {
      throw new KnowledgeException(
          folder.resolve(name) + " is not listed in " + SUMS + ": restore the folder");
    }
    List<String[]> rows = new ArrayList<>();
    int number = 0;
    for (String line : text(content).split("\n")) {
      number++;
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] row = line.split("\t", -1);
      if (row.length != columns) {
        throw invalid(name, "line " + number + " has " + row.length + " columns, not " + columns);
      }
      rows.add(row);
    }
    return rows;
  }

  /** An exception for content that does not hang together. */
  KnowledgeException invalid(String name, String problem) {
    return new KnowledgeException(folder.resolve(name) + ": " + problem + "; correct the file");
  }

  private static byte[] verified(Path file, String expected) {
    byte[] content = read(file);
    String actual = HexFormat.of().formatHex(sha256().digest(content));
    if (!actual.equals(expected)) {
      throw new KnowledgeException(
          file
              + " was changed: its SHA-256 is not the one in "
              + SUMS
              + ". Restore the file, or publish the change as a new version");
    }
    return content;
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new KnowledgeException("Cannot read " + file + ": restore the file", e);
    }
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
