package org.medcue.fhir;

import ca.uhn.fhir.context.FhirContext;
import java.util.Date;
import java.util.Optional;
import org.hl7.fhir.r4.model.GuidanceResponse;
import org.hl7.fhir.r4.model.GuidanceResponse.GuidanceResponseStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.UriType;

/**
 * Writes a recommendation of the audit trail as a FHIR R4 GuidanceResponse: which call, which model
 * in which version, about whom, and what was missing where that was why nothing came of it.
 */
public final class GuidanceResponseWriter {

  private static final FhirContext FHIR = FhirContext.forR4Cached();

  private GuidanceResponseWriter() {}

  /** One line of JSON, or none for a row that tells of no recommendation. */
  public static Optional<String> json(TrailEntry entry) {
    if (!entry.action().equals("recommendation")) {
      return Optional.empty();
    }
    GuidanceResponse response = new GuidanceResponse();
    response.setId("trail-" + entry.seq());
    entry
        .detail("hook-instance")
        .ifPresent(hook -> response.setRequestIdentifier(new Identifier().setValue(hook)));
    entry.entity().ifPresent(entity -> response.addIdentifier().setValue(entity));
    response.setModule(new UriType(module(entry)));
    response.setStatus(status(entry));
    entry.detail("missing").ifPresent(type -> response.addDataRequirement().setType(type));
    entry.patientId().ifPresent(id -> response.setSubject(new Reference("Patient/" + id)));
    response.setOccurrenceDateTime(Date.from(entry.recordedAt()));
    response.setPerformer(new Reference().setDisplay("Medcue"));
    return Optional.of(FHIR.newJsonParser().encodeResourceToString(response));
  }

  private static String module(TrailEntry entry) {
    return entry
        .detail("model")
        .map(model -> "urn:medcue:model:" + model.replace('/', ':'))
        .or(() -> entry.detail("service").map(service -> "urn:medcue:service:" + service))
        .orElse("urn:medcue");
  }

  private static GuidanceResponseStatus status(TrailEntry entry) {
    if (entry.failure().isEmpty()) {
      return GuidanceResponseStatus.SUCCESS;
    }
    return entry.detail("missing").isPresent()
        ? GuidanceResponseStatus.DATAREQUIRED
        : GuidanceResponseStatus.FAILURE;
  }
}
