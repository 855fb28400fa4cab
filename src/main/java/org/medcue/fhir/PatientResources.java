package org.medcue.fhir;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.Omission.Kind;

/** Parses what was sent and makes sure that all of it belongs to one patient. */
final class PatientResources {

  /**
   * A resource of the patient.
   *
   * @param place where it was sent
   * @param id its own, else that of its fullUrl; null if it has neither
   */
  record Parsed(String place, @Nullable String id, Resource resource) {}

  private final ResourceParser parser = new ResourceParser();
  private final String patientId;
  private final References references;
  private final ChartNotes notes;

  /**
   * @param references gets to know under which fullUrl each resource was sent
   */
  PatientResources(String patientId, References references, ChartNotes notes) {
    this.patientId = patientId;
    this.references = references;
    this.notes = notes;
  }

  /**
   * The resources that can be understood, in order; the others are noted.
   *
   * @throws MalformedFhirException if one is not FHIR R4
   * @throws OtherPatientException if one belongs to another patient
   */
  List<Parsed> read(List<SentResource> sent) {
    List<Parsed> all = new ArrayList<>();
    for (SentResource one : sent) {
      parser
          .parse(one)
          .ifPresentOrElse(
              resource -> all.add(new Parsed(one.place(), idOf(one, resource), resource)),
              () -> notes.omit(Kind.UNREADABLE, one.type()));
    }
    // When every fullUrl is known
    all.forEach(this::checkPatient);
    return all;
  }

  private @Nullable String idOf(SentResource sent, Resource resource) {
    String id = resource.getIdElement().getIdPart();
    String fullUrl = sent.fullUrl();
    if (fullUrl == null) {
      return id;
    }
    String given = id == null ? References.lastPart(fullUrl) : id;
    references.alias(fullUrl, sent.type(), given);
    return given;
  }

  private void checkPatient(Parsed parsed) {
    Resource resource = parsed.resource();
    Reference subject = subjectOf(resource);
    String reference = subject == null ? null : subject.getReference();
    boolean same =
        resource instanceof Patient
            ? parsed.id() == null || parsed.id().equals(patientId)
            : reference == null
                || reference.isBlank()
                || patientId.equals(references.idOf(reference, "Patient"));
    if (!same) {
      throw new OtherPatientException(parsed.place());
    }
  }

  private static @Nullable Reference subjectOf(Resource resource) {
    if (resource instanceof Encounter encounter) {
      return encounter.getSubject();
    }
    if (resource instanceof Condition condition) {
      return condition.getSubject();
    }
    if (resource instanceof MedicationRequest request) {
      return request.getSubject();
    }
    if (resource instanceof Communication communication) {
      return communication.getSubject();
    }
    return resource instanceof AllergyIntolerance allergy ? allergy.getPatient() : null;
  }
}
