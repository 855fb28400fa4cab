package org.medcue.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.medcue.audit.AuditEvent.PatientKey;
import org.medcue.audit.AuditRecord;
import org.medcue.audit.AuditSearch;
import org.medcue.audit.AuditSubjects;
import org.medcue.audit.AuditTrail;
import org.medcue.fhir.TrailEntry;

/** Streams the trail as FHIR NDJSON; few rows are in memory at a time. */
@ApplicationScoped
class TrailExport {

  private static final int ROWS_AT_ONCE = 1_000;
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  private final AuditTrail trail;
  private final AuditSubjects subjects;
  private final ObjectMapper json;
  private final Clock clock;

  TrailExport(AuditTrail trail, AuditSubjects subjects, ObjectMapper json, Clock clock) {
    this.trail = trail;
    this.subjects = subjects;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Writes a line for each row that has one, up to the present: what is appended meanwhile waits
   * for the next export, or an export would never end.
   */
  void write(AuditSearch search, Function<TrailEntry, Optional<String>> line, OutputStream out)
      throws IOException {
    AuditSearch ended = search.to().isPresent() ? search : search.until(clock.instant());
    long after = 0;
    List<AuditRecord> rows;
    do {
      rows = trail.find(ended, after, ROWS_AT_ONCE);
      Map<UUID, PatientKey> patients =
          subjects.patients(
              rows.stream().flatMap(row -> row.subject().stream()).distinct().toList());
      for (AuditRecord row : rows) {
        Optional<String> text = line.apply(entry(row, patients));
        if (text.isPresent()) {
          out.write((text.get() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        after = row.seq();
      }
      out.flush();
    } while (rows.size() == ROWS_AT_ONCE);
  }

  private TrailEntry entry(AuditRecord row, Map<UUID, PatientKey> patients) {
    return new TrailEntry(
        row.seq(),
        row.recordedAt(),
        row.action(),
        row.failure(),
        row.tenant(),
        row.actor(),
        row.subject(),
        row.subject().map(patients::get).map(PatientKey::patientId),
        row.entity(),
        details(row),
        row.hash());
  }

  private Map<String, String> details(AuditRecord row) {
    try {
      return json.readValue(row.details(), TEXTS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("row " + row.seq() + " of the trail is not as written", e);
    }
  }
}
