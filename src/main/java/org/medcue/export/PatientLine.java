package org.medcue.export;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;
import org.medcue.audit.AuditPage;
import org.medcue.feedback.LoggedFeedback;
import org.medcue.recommendation.LoggedRecommendation;

/** One line of a patient's export; its member {@code kind} says which. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
sealed interface PatientLine {

  /**
   * An entry of the log.
   *
   * @param recommendation what was served, with evidence, orders and cards as long as they are kept
   * @param feedback what doctors did with its cards, oldest first
   */
  @JsonTypeName("recommendation")
  record Entry(LoggedRecommendation recommendation, List<LoggedFeedback> feedback)
      implements PatientLine {}

  /**
   * A row of the audit trail: who did what with the patient's data, and when.
   *
   * @param event without the patient, who is the same in all lines
   */
  @JsonTypeName("audit-event")
  record Event(AuditPage.Item event) implements PatientLine {}

  /**
   * The last line, so that an export that broke off can be told from a whole one.
   *
   * @param entries how many lines of the log there were
   * @param events how many of the trail
   */
  @JsonTypeName("end")
  record End(long entries, long events) implements PatientLine {}
}
