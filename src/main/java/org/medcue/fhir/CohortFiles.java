package org.medcue.fhir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The NDJSON files of a bulk export folder, several to a resource type, in order of name. */
final class CohortFiles {

  /** A file and what its lines are. */
  record CohortFile(Path path, String resourceType, long bytes) {}

  private final Path folder;

  CohortFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new CohortException(
          folder + ": no such folder; name one that holds FHIR bulk NDJSON files");
    }
    this.folder = folder;
  }

  /** Files such as {@code Condition.ndjson}, {@code Condition.000.ndjson.gz}. */
  List<CohortFile> of(String resourceType) {
    Pattern name = Pattern.compile(resourceType + "(\\..+)?\\.ndjson(\\.gz)?");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> name.matcher(String.valueOf(file.getFileName())).matches())
          .sorted()
          .map(file -> new CohortFile(file, resourceType, file.toFile().length()))
          .toList();
    } catch (IOException e) {
      throw new CohortException(folder + ": cannot be listed; check that you may read it");
    }
  }
}
