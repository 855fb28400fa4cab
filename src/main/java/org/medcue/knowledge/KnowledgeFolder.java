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
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One version of one piece of knowledge on disk: tab-separated files, each listed with its digest
 * in {@code SHA256SUMS}. The bytes that were verified are the bytes that are read.
 */
public final class KnowledgeFolder {

  /** The file that lists the others, by which a folder of knowledge is told from other folders. */
  public static final String SUMS = "SHA256SUMS";

  private static final Pattern SUM_LINE = Pattern.compile("([0-9a-f]{64}) [ *]([A-Za-z0-9._-]+)");

  private final KnowledgeVersion version;
  private final Path folder;
  private final String digest;
  private final Map<String, byte[]> files;

  private KnowledgeFolder(
      KnowledgeVersion version, Path folder, String digest, Map<String, byte[]> files) {
    this.version = version;
    this.folder = folder;
    this.digest = digest;
    this.files = files;
  }

  /** Where a version lies in a model registry, or will lie. */
  public static Path pathOf(Path modelRegistry, KnowledgeVersion version) {
    return modelRegistry.resolve("knowledge").resolve(version.name()).resolve(version.version());
  }

  /**
   * Reads and verifies {@code knowledge/<name>/<version>/} of a model registry.
   *
   * @throws KnowledgeException if the folder or a file is missing or a digest differs
   */
  public static KnowledgeFolder open(Path modelRegistry, KnowledgeVersion version) {
    return read(pathOf(modelRegistry, version), version);
  }

  /**
   * Reads and verifies a version wherever it lies.
   *
   * @throws KnowledgeException if the folder or a file is missing, changed or unlisted
   */
  public static KnowledgeFolder read(Path folder, KnowledgeVersion version) {
    if (!Files.isDirectory(folder)) {
      throw new KnowledgeException(
          "No knowledge " + version + " at " + folder + ": restore that folder of the registry");
    }
    byte[] sums = read(folder.resolve(SUMS));
    Map<String, byte[]> files = new HashMap<>();
    for (String line : text(sums).lines().toList()) {
      Matcher sum = SUM_LINE.matcher(line);
      if (!sum.matches()) {
        throw new KnowledgeException(
            folder.resolve(SUMS) + " has a line that is no digest: restore the file");
      }
      Path file = folder.resolve(sum.group(2));
      files.put(sum.group(2), verified(file, sum.group(1)));
    }
    requireAllListed(folder, files.keySet());
    return new KnowledgeFolder(version, folder, digestOf(sums), files);
  }

  private static void requireAllListed(Path folder, Set<String> listed) {
    try (Stream<Path> found = Files.list(folder)) {
      for (Path file : found.toList()) {
        String name = file.getFileName().toString();
        if (!name.equals(SUMS) && !listed.contains(name)) {
          throw new KnowledgeException(file + " is not listed in " + SUMS + ": restore the folder");
        }
      }
    } catch (IOException e) {
      throw new KnowledgeException("Cannot read the files of " + folder, e);
    }
  }

  /** The version that it was opened as: a folder does not say. */
  public KnowledgeVersion version() {
    return version;
  }

  /** The folder. */
  public Path path() {
    return folder;
  }

  /**
   * SHA-256 of {@code SHA256SUMS} in hexadecimal: it names this very content, since that file holds
   * the digests of the others.
   */
  public String digest() {
    return digest;
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
    if (!digestOf(content).equals(expected)) {
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

  private static String digestOf(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
