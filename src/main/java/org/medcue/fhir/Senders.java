package org.medcue.fhir;

import java.util.Set;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.Speaker;

/**
 * Tells on which side of a dialogue the sender or a recipient of a message is, by the type of what
 * the reference points to.
 */
final class Senders {

  private static final Set<String> DOCTORS = Set.of("Practitioner", "PractitionerRole");

  private final String patientId;
  private final References references;

  Senders(String patientId, References references) {
    this.patientId = patientId;
    this.references = references;
  }

  /** The side, or null where it is neither, or another patient, or cannot be told. */
  @Nullable Speaker sideOf(Reference who, Communication message) {
    String type = typeOf(who, message);
    if (DOCTORS.contains(type)) {
      return Speaker.DOCTOR;
    }
    boolean patient = type.equals("Patient") && !isOtherPatient(who);
    return patient || type.equals("RelatedPerson") ? Speaker.PATIENT : null;
  }

  /** Whether a reference names a Patient, and not this one. */
  boolean isOtherPatient(Reference who) {
    String id = patientOf(who);
    return id != null && !id.equals(patientId);
  }

  /** The id of the Patient that a reference names, or null. */
  @Nullable String patientOf(Reference who) {
    String reference = who.getReference();
    return reference == null ? null : references.idOf(reference, "Patient");
  }

  // The reference itself says more than the type beside it
  private String typeOf(Reference who, Communication message) {
    String reference = who.getReference();
    String type = null;
    if (reference != null && reference.startsWith("#")) {
      type = containedType(message, reference.substring(1));
    } else if (reference != null) {
      type = references.typeOf(reference);
    }
    if (type == null && who.getType() != null) {
      type = References.lastPart(who.getType());
    }
    return type == null ? "" : type;
  }

  private static @Nullable String containedType(Communication message, String id) {
    for (Resource resource : message.getContained()) {
      String own = String.valueOf(resource.getIdElement().getIdPart()).replaceFirst("^#", "");
      if (own.equals(id)) {
        return resource.fhirType();
      }
    }
    return null;
  }
}
