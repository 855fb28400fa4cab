package org.medcue.model;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The folder of one model version. Opening it verifies every file against the manifest, so that
 * nobody predicts with weights other than those that were evaluated.
 */
public final class ModelFolder {

  /** Usual dosages by RxNorm code, FHIR JSON. */
  public static final String DOSAGES = "dosages.json";

  private static final String MANIFEST = "manifest.json";

  /** Ten times the largest of a bundled version; all are read into memory whole. */
  private static final long LARGEST_TEXT = 16L * 1024 * 1024;

  /** Seals the manifest in the format of sha256sum, as the manifest seals the other files. */
  private static final String SEAL = "manifest.json.sha256";

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path path;
  private final ModelManifest manifest;

  private ModelFolder(Path path, ModelManifest manifest) {
    this.path = path;
    this.manifest = manifest;
  }

  /**
   * Opens and verifies a version.
   *
   * @throws ModelException if the folder or a file is missing, changed or unlisted, or a JSON file
   *     or the model card larger than 16 MB
   */
  public static ModelFolder open(Path path) {
    if (!Files.isDirectory(path)) {
      throw new ModelException("no such model folder: " + path);
    }
    requireSmallTexts(path);
    ModelManifest manifest = readManifest(path.resolve(MANIFEST));
    requireSeal(path);
    Map<String, String> found = digests(path);
    manifest
        .files()
        .forEach(
            (file, digest) -> {
              String actual = found.remove(file);
              if (!digest.equals(actual)) {
                throw changed(
                    path.resolve(file),
                    actual == null ? " is missing" : " was changed since the version was made");
              }
            });
    if (!found.isEmpty()) {
      throw new ModelException(
          path + " holds files that its manifest does not list: " + found.keySet());
    }
    return new ModelFolder(path, manifest);
  }

  /**
   * Reads the manifest of a version alone; its other files may be anything.
   *
   * @param digest of the manifest, see {@link #digest}
   * @throws ModelException if it is missing or another one
   */
  public static ModelManifest manifest(Path path, String digest) {
    Path file = path.resolve(MANIFEST);
    try {
      if (!sha256(file).equals(digest)) {
        throw changed(file, " was changed since the version was registered");
      }
    } catch (IOException e) {
      throw new ModelException("cannot read " + file + ": is this a model version?", e);
    }
    return readManifest(file);
  }

  /**
   * Completes a version: digests the files already written and adds the manifest.
   *
   * @param draft the manifest without its digests
   */
  public static ModelFolder seal(Path path, ModelManifest draft) {
    ModelManifest manifest =
        new ModelManifest(
            draft.model(),
            draft.version(),
            draft.architecture(),
            draft.knowledge(),
            draft.threshold(),
            draft.provenance(),
            draft.metrics(),
            digests(path));
    try {
      JSON.writeValue(path.resolve(MANIFEST).toFile(), manifest);
      Files.writeString(path.resolve(SEAL), sealOf(path));
    } catch (IOException e) {
      throw new ModelException("cannot write the manifest of " + path, e);
    }
    return new ModelFolder(path, manifest);
  }

  private static void requireSmallTexts(Path path) {
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        boolean text = name.endsWith(".json") || name.endsWith(".md") || name.equals(SEAL);
        if (text && Files.size(file) > LARGEST_TEXT) {
          throw new ModelException(
              file + " is larger than " + LARGEST_TEXT + " bytes, the most of a text of a version");
        }
      }
    } catch (IOException e) {
      throw new ModelException("cannot read the files of " + path, e);
    }
  }

  private static void requireSeal(Path path) {
    try {
      if (!Files.readString(path.resolve(SEAL)).equals(sealOf(path))) {
        throw changed(path.resolve(MANIFEST), " was changed since the version was made");
      }
    } catch (NoSuchFileException e) {
      throw changed(path.resolve(SEAL), " is missing");
    } catch (IOException e) {
      throw new ModelException("cannot read " + path.resolve(SEAL), e);
    }
  }

  private static String sealOf(Path path) throws IOException {
    return sha256(path.resolve(MANIFEST)) + "  " + MANIFEST + "\n";
  }

  private static ModelException changed(Path file, String how) {
    return new ModelException(
        file + how + ": restore the folder from its source; a version is never edited");
  }

  private static ModelManifest readManifest(Path file) {
    try {
      ModelManifest manifest = JSON.readValue(file.toFile(), ModelManifest.class);
      if (manifest == null) {
        throw new ModelException(file + " is not a model manifest: it holds null");
      }
      return manifest;
    } catch (JacksonException e) {
      throw new ModelException(file + " is not a model manifest: " + JsonFault.of(e), e);
    } catch (IOException e) {
      throw new ModelException("cannot read " + file + ": is this a model version?", e);
    }
  }

  /** SHA-256 of each regular file but the manifest and its seal, in order of name. */
  private static Map<String, String> digests(Path path) {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.filter(f -> !f.endsWith(MANIFEST) && !f.endsWith(SEAL)).toList()) {
        if (!Files.isRegularFile(file)) {
          throw new ModelException(file + " is not a plain file: a version holds nothing else");
        }
        digests.put(file.getFileName().toString(), sha256(file));
      }
    } catch (IOException e) {
      throw new ModelException("cannot read the files of " + path, e);
    }
    return digests;
  }

  /** SHA-256 of a file in hexadecimal. */
  public static String sha256(Path file) throws IOException {
    try (DigestInputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * SHA-256 of the manifest in hexadecimal: it names this very content, since the manifest holds
   * the digests of the other files.
   */
  public String digest() {
    try {
      return sha256(path.resolve(MANIFEST));
    } catch (IOException e) {
      throw new ModelException("cannot read the manifest of " + path, e);
    }
  }

  public ModelManifest manifest() {
    return manifest;
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /** A file of the version. */
  public Path file(String name) {
    return path.resolve(name);
  }

  /**
   * Reads a JSON file of the version.
   *
   * @throws ModelException if it is missing or of another form
   */
  public <T> T read(String name, Class<T> type) {
    String refusal = file(name) + " does not hold what this version needs";
    try {
      T content = JSON.readValue(file(name).toFile(), type);
      if (content == null) {
        throw new ModelException(refusal);
      }
      return content;
    } catch (IOException e) {
      throw new ModelException(refusal, e);
    }
  }
}
