package org.medcue.export;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.medcue.audit.Actor;
import org.medcue.audit.AuditAction;
import org.medcue.audit.AuditEvent;
import org.medcue.audit.AuditEvent.PatientKey;
import org.medcue.audit.AuditPage;
import org.medcue.audit.AuditRecord;
import org.medcue.audit.AuditSearch;
import org.medcue.audit.AuditSubjects;
import org.medcue.audit.AuditTrail;
import org.medcue.feedback.FeedbackService;
import org.medcue.feedback.LoggedFeedback;
import org.medcue.platform.Database;
import org.medcue.recommendation.LoggedRecommendation;
import org.medcue.recommendation.RecommendationLog;

/** All that Medcue keeps of one patient: handed out, or erased. */
@ApplicationScoped
class PatientData {

  private static final int BATCH = 50;

  private final RecommendationLog log;
  private final FeedbackService feedback;
  private final Deletion deletion;
  private final AuditTrail audit;
  private final AuditSubjects subjects;

  PatientData(
      RecommendationLog log,
      FeedbackService feedback,
      Deletion deletion,
      AuditTrail audit,
      AuditSubjects subjects) {
    this.log = log;
    this.feedback = feedback;
    this.deletion = deletion;
    this.audit = audit;
    this.subjects = subjects;
  }

  /** Records that everything is about to be handed out. Nothing may leave before that is safe. */
  void recordExport(PatientKey patient, Actor actor) {
    audit.append(event(AuditAction.PATIENT_EXPORT, patient, actor));
  }

  /**
   * Gives every entry of the log about a patient with the feedback about its cards, then every row
   * of the audit trail about the patient, the export itself included, and the end.
   */
  void read(PatientKey patient, Consumer<PatientLine> reader) {
    long entries = readEntries(patient, reader);
    long events = readEvents(patient, reader);
    reader.accept(new PatientLine.End(entries, events));
  }

  private long readEntries(PatientKey patient, Consumer<PatientLine> reader) {
    long entries = 0;
    List<LoggedRecommendation> batch;
    Optional<UUID> last = Optional.empty();
    do {
      batch = log.ofPatient(patient.tenant(), patient.patientId(), last, BATCH);
      for (LoggedRecommendation entry : batch) {
        List<UUID> cards = log.cardsOf(List.of(entry.id())).getOrDefault(entry.id(), List.of());
        List<LoggedFeedback> events = cards.isEmpty() ? List.of() : feedback.of(cards);
        reader.accept(new PatientLine.Entry(entry, events));
        last = Optional.of(entry.id());
      }
      entries += batch.size();
    } while (batch.size() == BATCH);
    return entries;
  }

  private long readEvents(PatientKey patient, Consumer<PatientLine> reader) {
    AuditSearch search = AuditSearch.about(patient);
    List<AuditRecord> batch;
    long events = 0;
    long last = 0;
    do {
      batch = audit.find(search, last, BATCH);
      for (AuditRecord row : batch) {
        reader.accept(new PatientLine.Event(AuditPage.Item.of(row, Optional.empty())));
        last = row.seq();
      }
      events += batch.size();
    } while (batch.size() == BATCH);
    return events;
  }

  /**
   * Erases everything of a patient, whole or not at all, and takes the patient out of the audit
   * trail, whose rows stay as they are. There may be nothing left to erase.
   */
  Deletion.Count erase(PatientKey patient, Actor actor, ErasureReason reason) {
    return Database.inTransaction(
        "the recommendation log",
        () -> {
          // All at once: batches would lock out of order, and wait in a circle with feedback
          log.lockCardsOfPatient(patient.tenant(), patient.patientId());
          Deletion.Count count = eraseEntries(patient);
          audit.append(
              event(AuditAction.PATIENT_ERASURE, patient, actor)
                  .detail("reason", reason.code())
                  .detail("recommendations", count.recommendations())
                  .detail("feedback", count.feedback()));
          subjects.forget(patient.tenant(), patient.patientId());
          return count;
        });
  }

  private Deletion.Count eraseEntries(PatientKey patient) {
    Deletion.Count all = Deletion.Count.NONE;
    Deletion.Count batch;
    do {
      batch = deletion.delete(log.idsOfPatient(patient.tenant(), patient.patientId(), BATCH));
      all = all.plus(batch);
    } while (batch.recommendations() == BATCH);
    return all;
  }

  private static AuditEvent event(AuditAction action, PatientKey patient, Actor actor) {
    return AuditEvent.of(action, actor).patient(patient.tenant(), patient.patientId());
  }
}
