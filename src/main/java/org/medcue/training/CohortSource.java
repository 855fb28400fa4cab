package org.medcue.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.medcue.fhir.AcceptedFindings;
import org.medcue.fhir.BulkCohortReader;
import org.medcue.fhir.CohortReading;
import org.medcue.fhir.ConceptTranslator;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.ModelFolder;

/**
 * A folder of bulk NDJSON with the ConceptMap that its diagnoses need.
 *
 * @param folder the cohort
 * @param conceptMap SNOMED CT to ICD-10-CM; empty for the bundled one
 */
public record CohortSource(Path folder, Optional<Path> conceptMap) {

  private static final Pattern READ =
      Pattern.compile("(Encounter|Condition|MedicationRequest|Medication)\\..*");

  /** Reads the cohort. */
  public CohortReading read(KnowledgeBase knowledge, Progress progress) {
    ConceptTranslator translator =
        conceptMap.map(ConceptTranslator::load).orElseGet(ConceptTranslator::bundled);
    CohortReading reading =
        new BulkCohortReader(knowledge, translator, AcceptedFindings.bundled())
            .read(folder, (file, read, total) -> progress.update("reading " + file, read, total));
    int visits = reading.patients().stream().mapToInt(p -> p.visits().size()).sum();
    progress.finished(
        String.format(
            Locale.ROOT, "read %,d visits of %,d patients", visits, reading.patients().size()));
    return reading;
  }

  private static boolean isRead(Path file) {
    return Files.isRegularFile(file) && READ.matcher(file.getFileName().toString()).matches();
  }

  /** SHA-256 over names and digests of the files that are read and of the ConceptMap. */
  public String fingerprint() {
    try (Stream<Path> files = Files.list(folder)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      List<Path> all = files.filter(CohortSource::isRead).sorted().toList();
      for (Path file : all) {
        digest.update(
            (file.getFileName() + " " + ModelFolder.sha256(file) + "\n")
                .getBytes(StandardCharsets.UTF_8));
      }
      if (conceptMap.isPresent()) {
        digest.update(ModelFolder.sha256(conceptMap.get()).getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new TrainingException("cannot read the files of " + folder, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
