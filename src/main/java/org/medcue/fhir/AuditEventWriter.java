package org.medcue.fhir;

import ca.uhn.fhir.context.FhirContext;
import java.util.Date;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentNetworkType;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;

/**
 * Writes a row of the audit trail as a FHIR R4 AuditEvent, in the manner of IHE Basic Audit Log
 * Patterns: who acted through which client, on which patient, on what, observed by Medcue.
 */
public final class AuditEventWriter {

  private static final FhirContext FHIR = FhirContext.forR4Cached();
  private static final String DCM = "http://dicom.nema.org/resources/ontology/DCM";
  private static final String EVENT_TYPES =
      "http://terminology.hl7.org/CodeSystem/audit-event-type";
  private static final String RESTFUL = "http://hl7.org/fhir/restful-interaction";
  private static final String ENTITY_TYPES =
      "http://terminology.hl7.org/CodeSystem/audit-entity-type";
  private static final String ENTITY_ROLES = "http://terminology.hl7.org/CodeSystem/object-role";
  private static final String PARTICIPATION =
      "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
  private static final String SOURCE_TYPES =
      "http://terminology.hl7.org/CodeSystem/security-source-type";

  /** Actions that FHIR has no code for keep ours. */
  static final String OUR_ACTIONS = "urn:medcue:audit-action";

  private record Kind(Coding type, Coding subtype, AuditEventAction action) {}

  private static final Coding REST = new Coding(EVENT_TYPES, "rest", "RESTful Operation");

  private static final Map<String, Kind> KINDS =
      Map.of(
          "view",
          new Kind(REST, new Coding(RESTFUL, "read", "read"), AuditEventAction.R),
          "feedback",
          new Kind(REST, new Coding(RESTFUL, "create", "create"), AuditEventAction.C),
          "login",
          dicom("110114", "User Authentication", "110122", "Login"),
          "logout",
          dicom("110114", "User Authentication", "110123", "Logout"),
          "tenant-change",
          dicom("110113", "Security Alert", "110129", "Security Configuration"),
          "key-change",
          dicom("110113", "Security Alert", "110129", "Security Configuration"),
          "model-change",
          dicom("110113", "Security Alert", "110131", "Software Configuration"),
          "refusal",
          dicom("110113", "Security Alert", "110126", "Node Authentication"),
          "export",
          ours(new Coding(DCM, "110106", "Export"), "export", AuditEventAction.R),
          "patient-export",
          ours(new Coding(DCM, "110106", "Export"), "patient-export", AuditEventAction.R));

  private AuditEventWriter() {}

  /** One line of JSON. */
  public static String json(TrailEntry entry) {
    AuditEvent event = new AuditEvent();
    event.setId("trail-" + entry.seq());
    Kind kind = KINDS.getOrDefault(entry.action(), ours(REST, entry.action(), actionOf(entry)));
    event.setType(kind.type()).addSubtype(kind.subtype()).setAction(kind.action());
    event.setRecorded(Date.from(entry.recordedAt()));
    event.setOutcome(entry.failure().isEmpty() ? AuditEventOutcome._0 : AuditEventOutcome._4);
    entry.failure().ifPresent(event::setOutcomeDesc);
    agents(event, entry);
    event.setSource(
        new AuditEvent.AuditEventSourceComponent()
            .setObserver(new Reference().setDisplay("Medcue"))
            .addType(new Coding(SOURCE_TYPES, "4", "Application Server")));
    patient(event, entry);
    event.addEntity(row(entry));
    return FHIR.newJsonParser().encodeResourceToString(event);
  }

  private static Kind dicom(String type, String typeName, String subtype, String subtypeName) {
    return new Kind(
        new Coding(DCM, type, typeName), new Coding(DCM, subtype, subtypeName), AuditEventAction.E);
  }

  private static Kind ours(Coding type, String action, AuditEventAction kind) {
    return new Kind(type, new Coding(OUR_ACTIONS, action, action), kind);
  }

  private static AuditEventAction actionOf(TrailEntry entry) {
    return switch (entry.action()) {
      case "purge", "patient-erasure" -> AuditEventAction.D;
      default -> AuditEventAction.E;
    };
  }

  private static void agents(AuditEvent event, TrailEntry entry) {
    AuditEventAgentComponent actor =
        event
            .addAgent()
            .setType(concept(PARTICIPATION, "IRCP", "information recipient"))
            .setRequestor(true);
    boolean clinician = entry.tenant().isPresent() && entry.actor().contains("/");
    actor.setWho(
        clinician
            ? new Reference(entry.actor())
            : new Reference().setIdentifier(new Identifier().setValue(entry.actor())));
    entry
        .tenant()
        .ifPresent(
            tenant ->
                event
                    .addAgent()
                    .setType(concept(DCM, "110153", "Source Role ID"))
                    .setRequestor(false)
                    .setWho(
                        new Reference()
                            .setIdentifier(
                                new Identifier().setSystem("urn:medcue:tenant").setValue(tenant))));
    entry
        .detail("remote")
        .ifPresent(
            address ->
                actor.setNetwork(
                    new AuditEvent.AuditEventAgentNetworkComponent()
                        .setAddress(address)
                        .setType(AuditEventAgentNetworkType._2)));
  }

  private static void patient(AuditEvent event, TrailEntry entry) {
    entry
        .subject()
        .ifPresent(
            subject -> {
              Reference what =
                  entry
                      .patientId()
                      .map(id -> new Reference("Patient/" + id))
                      .orElseGet(Reference::new);
              what.setIdentifier(
                  new Identifier().setSystem("urn:medcue:subject").setValue(subject.toString()));
              event
                  .addEntity()
                  .setType(new Coding(ENTITY_TYPES, "1", "Person"))
                  .setRole(new Coding(ENTITY_ROLES, "1", "Patient"))
                  .setWhat(what);
            });
  }

  /** The row itself, with its hash: so an export can be held against the chain. */
  private static AuditEventEntityComponent row(TrailEntry entry) {
    AuditEventEntityComponent row = new AuditEventEntityComponent();
    row.setType(new Coding(ENTITY_TYPES, "2", "System Object"));
    row.setRole(new Coding(ENTITY_ROLES, "4", "Domain Resource"));
    row.setWhat(
        new Reference()
            .setIdentifier(
                new Identifier()
                    .setSystem("urn:medcue:entity")
                    .setValue(entry.entity().orElse(entry.action()))));
    new TreeMap<>(entry.details()).forEach((name, value) -> detail(row, name, value));
    detail(row, "hash", entry.hash());
    return row;
  }

  private static void detail(AuditEventEntityComponent row, String name, String value) {
    if (!value.isBlank()) {
      row.addDetail().setType(name).setValue(new StringType(value));
    }
  }

  private static CodeableConcept concept(String system, String code, String display) {
    return new CodeableConcept(new Coding(system, code, display));
  }
}
