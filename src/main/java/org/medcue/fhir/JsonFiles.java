package org.medcue.fhir;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Reads a terminology resource from a file, plain or gzip, or from the class path. */
final class JsonFiles {

  private JsonFiles() {}

  static JsonNode read(Path file, String resourceType) {
    if (!Files.isRegularFile(file)) {
      throw new FhirException(
          file + ": no such file; expected a FHIR R4 " + resourceType + " as JSON in UTF-8");
    }
    try (InputStream in = open(file)) {
      return check(FhirJson.MAPPER.readTree(in), file.toString(), resourceType);
    } catch (JsonProcessingException e) {
      throw notThatResource(file.toString(), resourceType);
    } catch (IOException e) {
      throw new FhirException(file + ": cannot be read; check that it is whole and readable");
    }
  }

  static JsonNode readBundled(String name, String resourceType) {
    try (InputStream in = JsonFiles.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new FhirException(name + ": missing from the class path; build Medcue again");
      }
      return check(FhirJson.MAPPER.readTree(in), name, resourceType);
    } catch (IOException e) {
      throw notThatResource(name, resourceType);
    }
  }

  /** A file, unpacked where its name ends in {@code .gz}. */
  static InputStream unpack(InputStream raw, String name) throws IOException {
    InputStream buffered = new BufferedInputStream(raw, 1 << 16);
    return name.endsWith(".gz") ? new GZIPInputStream(buffered, 1 << 16) : buffered;
  }

  private static InputStream open(Path file) throws IOException {
    return unpack(Files.newInputStream(file), file.toString());
  }

  private static JsonNode check(JsonNode json, String file, String resourceType) {
    if (!FhirJson.typeOf(json).equals(resourceType)) {
      throw notThatResource(file, resourceType);
    }
    return json;
  }

  private static FhirException notThatResource(String file, String resourceType) {
    return new FhirException(file + ": expected a FHIR R4 " + resourceType + " as JSON in UTF-8");
  }
}
