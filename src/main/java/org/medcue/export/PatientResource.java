package org.medcue.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import org.medcue.audit.Actor;
import org.medcue.audit.AuditEvent.PatientKey;
import org.medcue.platform.JsonBody;
import org.medcue.platform.RequestRefusedException;
import org.medcue.platform.Roles;

/** The rights of a patient: to see what is kept (article 15 GDPR), to have it erased (17). */
@Path("/api/patients/{tenant}/{patientId}")
public class PatientResource {

  private static final String NDJSON = "application/x-ndjson";
  private static final Pattern TENANT = Pattern.compile("[a-z0-9-]{1,40}");
  // https://hl7.org/fhir/R4/datatypes.html#id
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-.]{1,64}");

  /** How much was erased. */
  record Erased(long recommendations, long feedback) {}

  private final PatientData patients;
  private final SecurityIdentity identity;
  private final ObjectWriter writer;

  PatientResource(PatientData patients, SecurityIdentity identity, ObjectMapper json) {
    this.patients = patients;
    this.identity = identity;
    this.writer = json.writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  /**
   * Everything that is kept of a patient: one entry of the log a line, with the feedback about it;
   * one row of the audit trail a line, which tells who looked, and when; and a last line {@code
   * {"kind": "end", "entries": n, "events": m}}.
   */
  @GET
  @Path("export")
  @Produces(NDJSON)
  @RolesAllowed(Roles.AUDITOR)
  public StreamingOutput export(
      @PathParam("tenant") String tenant, @PathParam("patientId") String patientId) {
    PatientKey patient = key(tenant, patientId);
    patients.recordExport(patient, actor());
    return out -> patients.read(patient, line -> write(out, line));
  }

  private void write(OutputStream out, PatientLine value) {
    try {
      writer.writeValue(out, value);
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("the client went away", e);
    }
  }

  /**
   * Erases everything of a patient; {@code {"reason": "consent-withdrawn"}} or another ground of
   * article 17(1). May be repeated.
   */
  @POST
  @Path("erasure")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  public Erased erase(
      @PathParam("tenant") String tenant,
      @PathParam("patientId") String patientId,
      InputStream body) {
    PatientKey patient = key(tenant, patientId);
    ErasureReason reason =
        ErasureReason.of(JsonBody.object(body, List.of("reason")).path("reason").asText())
            .orElseThrow(
                () ->
                    new RequestRefusedException(
                        400, "reason", "must be one of " + ErasureReason.codes()));
    Deletion.Count count = patients.erase(patient, actor(), reason);
    return new Erased(count.recommendations(), count.feedback());
  }

  private Actor actor() {
    return Actor.person(identity);
  }

  private static PatientKey key(String tenant, String patientId) {
    if (!TENANT.matcher(tenant).matches()) {
      throw new RequestRefusedException(400, "tenant", "must be the id of a tenant");
    }
    if (!ID.matcher(patientId).matches()) {
      throw new RequestRefusedException(400, "patientId", "must be the id of a Patient");
    }
    return new PatientKey(tenant, patientId);
  }
}
