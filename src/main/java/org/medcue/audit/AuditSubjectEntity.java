package org.medcue.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** The pseudonym of a patient; the one thing of the trail that can be deleted. */
@Entity
@Table(name = "audit_subject")
class AuditSubjectEntity {

  @Id UUID id;

  String tenant;

  @Column(name = "patient_id")
  String patientId;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  AuditSubjectEntity() {}
}
