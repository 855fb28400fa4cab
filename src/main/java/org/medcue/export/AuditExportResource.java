package org.medcue.export;

import static org.medcue.platform.QueryValues.time;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.medcue.audit.Actor;
import org.medcue.audit.AuditAction;
import org.medcue.audit.AuditEvent;
import org.medcue.audit.AuditSearch;
import org.medcue.audit.AuditTrail;
import org.medcue.fhir.AuditEventWriter;
import org.medcue.fhir.GuidanceResponseWriter;
import org.medcue.fhir.TrailEntry;
import org.medcue.platform.RequestRefusedException;
import org.medcue.platform.Roles;

/** The trail as FHIR R4, a resource a line. */
@Path("/api/audit/export")
@Produces("application/fhir+ndjson")
@RolesAllowed(Roles.AUDITOR)
public class AuditExportResource {

  private final TrailExport export;
  private final AuditTrail trail;
  private final SecurityIdentity identity;

  AuditExportResource(TrailExport export, AuditTrail trail, SecurityIdentity identity) {
    this.export = export;
    this.trail = trail;
    this.identity = identity;
  }

  /**
   * Streams the trail of a time.
   *
   * @param resource AuditEvent for every row, or GuidanceResponse for recommendations
   * @param from recorded at this time or later
   * @param to recorded before this time; until now where it is left out
   */
  @GET
  public StreamingOutput export(
      @QueryParam("resource") @DefaultValue("AuditEvent") String resource,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to) {
    Function<TrailEntry, Optional<String>> line = line(resource);
    AuditSearch search = AuditSearch.between(time("from", from), time("to", to));
    AuditEvent event =
        AuditEvent.of(AuditAction.EXPORT, Actor.person(identity))
            .about("audit-trail/" + resource)
            .detail("from", from == null ? "beginning" : from)
            .detail("to", to == null ? "now" : to);
    trail.append(event);
    return out -> export.write(search, line, out);
  }

  private static Function<TrailEntry, Optional<String>> line(String resource) {
    return switch (resource) {
      case "AuditEvent" -> entry -> Optional.of(AuditEventWriter.json(entry));
      case "GuidanceResponse" -> GuidanceResponseWriter::json;
      default ->
          throw new RequestRefusedException(
              400, "resource", "must be AuditEvent or GuidanceResponse");
    };
  }
}
