package org.medcue.audit;

import static org.medcue.platform.QueryValues.number;
import static org.medcue.platform.QueryValues.optional;
import static org.medcue.platform.QueryValues.optionalText;
import static org.medcue.platform.QueryValues.text;
import static org.medcue.platform.QueryValues.time;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.medcue.audit.AuditEvent.PatientKey;
import org.medcue.platform.RequestRefusedException;
import org.medcue.platform.Roles;

/** The trail for auditors. Who looks into it is in it, too. */
@Path("/api/audit/events")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.AUDITOR)
public class AuditResource {

  private static final int MAX_SIZE = 1_000;

  // https://hl7.org/fhir/R4/datatypes.html#id
  private static final Pattern FHIR_ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");

  private final AuditTrail trail;
  private final AuditSubjects subjects;
  private final SecurityIdentity identity;

  AuditResource(AuditTrail trail, AuditSubjects subjects, SecurityIdentity identity) {
    this.trail = trail;
    this.subjects = subjects;
    this.identity = identity;
  }

  /**
   * Rows of the trail, oldest first.
   *
   * @param from recorded at this time or later
   * @param to recorded before this time
   * @param action such as {@code recommendation}
   * @param actor a person's name, or a clinician as the EHR names it
   * @param tenant the EHR that acted; needed beside {@code patient}
   * @param patient bare id of a Patient of the tenant
   * @param after only rows behind the one with this number
   * @param size rows, 1 to 1000
   */
  @GET
  public AuditPage events(
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("action") @Nullable String action,
      @QueryParam("actor") @Nullable String actor,
      @QueryParam("tenant") @Nullable String tenant,
      @QueryParam("patient") @Nullable String patient,
      @QueryParam("after") @DefaultValue("0") String after,
      @QueryParam("size") @DefaultValue("100") String size) {
    AuditSearch search =
        new AuditSearch(
            time("from", from),
            time("to", to),
            optional("action", action, AuditAction::of, "an action such as recommendation"),
            optionalText("actor", actor),
            // With a patient the tenant says whose patient: others may have read of it
            patient == null ? optionalText("tenant", tenant) : Optional.empty(),
            optional("patient", patient, AuditResource::fhirId, "the id of a Patient")
                .map(id -> new PatientKey(text("tenant", required(tenant)), id)));
    int most = number("size", size, 1, MAX_SIZE);
    List<AuditRecord> rows = trail.find(search, number("after", after, 0, Long.MAX_VALUE), most);
    AuditPage page = page(rows, most);
    trail.append(view(search));
    return page;
  }

  private static String fhirId(String text) {
    if (!FHIR_ID.matcher(text).matches()) {
      throw new IllegalArgumentException("no FHIR id");
    }
    return text;
  }

  private static String required(@Nullable String tenant) {
    if (tenant == null) {
      throw new RequestRefusedException(
          400, "tenant", "missing, a patient's id is unique within a tenant only");
    }
    return tenant;
  }

  private AuditPage page(List<AuditRecord> rows, int most) {
    Map<UUID, PatientKey> patients =
        subjects.patients(rows.stream().flatMap(row -> row.subject().stream()).distinct().toList());
    return new AuditPage(
        rows.stream().map(row -> AuditPage.Item.of(row, row.subject().map(patients::get))).toList(),
        rows.size() < most ? Optional.empty() : Optional.of(rows.get(most - 1).seq()));
  }

  private AuditEvent view(AuditSearch search) {
    AuditEvent event = AuditEvent.of(AuditAction.VIEW, Actor.person(identity)).about("audit-trail");
    return search
        .patient()
        .map(patient -> event.patient(patient.tenant(), patient.patientId()))
        .orElse(event);
  }
}
