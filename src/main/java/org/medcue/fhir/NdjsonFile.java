package org.medcue.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.zip.ZipException;
import org.hl7.fhir.r4.model.Resource;

/** Streams the resources of one NDJSON file, plain or gzip, holding one line at a time. */
final class NdjsonFile {

  private static final int LINES_BETWEEN_PROGRESS = 1_000;
  // At the beginning of a file, or of one that was appended to another
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /** Takes one line's resource, empty where its values cannot be understood. */
  @FunctionalInterface
  interface Lines {
    void accept(JsonNode json, Optional<Resource> resource);
  }

  private final CohortFiles.CohortFile file;
  private final String name;
  private final ResourceParser parser = new ResourceParser();

  NdjsonFile(CohortFiles.CohortFile file) {
    this.file = file;
    this.name = String.valueOf(file.path().getFileName());
  }

  /**
   * @param progress hears the bytes of the file read so far
   * @throws CohortException if a line is not a resource of the file's type
   */
  void forEach(Lines lines, LongConsumer progress) {
    long number = 1;
    try (Counted counted = new Counted(Files.newInputStream(file.path()));
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(JsonFiles.unpack(counted, name), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String text = line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
        if (!text.isBlank()) {
          read(text, number, lines);
        }
        if (number % LINES_BETWEEN_PROGRESS == 0) {
          progress.accept(counted.bytes);
        }
        number++;
      }
      progress.accept(file.bytes());
    } catch (EOFException e) {
      throw CohortException.at(
          name, number, "the gzip file ends too early; copy or export it again");
    } catch (ZipException e) {
      throw CohortException.at(
          name, number, "not gzip, or damaged; rename the file or export it again");
    } catch (IOException e) {
      throw CohortException.at(name, number, "cannot be read; check that the file is readable");
    }
  }

  private void read(String line, long number, Lines lines) {
    JsonNode json;
    Optional<Resource> resource;
    try {
      json = FhirJson.parse(line);
    } catch (FhirJson.NotFhir e) {
      throw CohortException.at(
          name, number, "not a whole JSON object; the line is cut off or damaged, export it again");
    }
    if (!FhirJson.typeOf(json).equals(file.resourceType())) {
      throw CohortException.at(
          name,
          number,
          "expected resources of type " + file.resourceType() + "; one resource type to a file");
    }
    try {
      resource = parser.parse(json);
    } catch (FhirJson.NotFhir e) {
      throw CohortException.at(
          name, number, "not a FHIR R4 " + file.resourceType() + "; export the cohort as FHIR R4");
    }
    lines.accept(json, resource);
  }

  /** Counts bytes as they leave the disk. */
  private static final class Counted extends FilterInputStream {
    private long bytes;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      bytes += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, length);
      bytes += Math.max(count, 0);
      return count;
    }
  }
}
