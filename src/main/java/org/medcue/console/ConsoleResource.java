package org.medcue.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.medcue.audit.Actor;
import org.medcue.platform.JsonBody;
import org.medcue.platform.QueryValues;
import org.medcue.platform.RequestRefusedException;
import org.medcue.platform.Roles;
import org.medcue.recommendation.LoggedRecommendation;

/**
 * The page that plays the EHR where client trust is off: the browser sends a bundled patient's
 * request to the CDS service and feedback about the card, as an EHR would. Where calls need a token
 * of an EHR it has none. An auditor reads the log on it.
 */
@Path("/")
@Blocking
public class ConsoleResource {

  @CheckedTemplate(basePath = "console")
  static final class Templates {
    private Templates() {}

    static native TemplateInstance index(
        Viewer viewer, boolean playsEhr, List<DemoPatient> patients, UUID visit);

    static native TemplateInstance cards(List<ShownCard> cards);

    static native TemplateInstance log(List<LogRow> rows);

    static native TemplateInstance recommendation(LoggedRecommendation entry, String json);
  }

  private final SecurityIdentity identity;
  private final DemoPatients patients;
  private final LogRows logRows;
  private final boolean playsEhr;

  ConsoleResource(
      SecurityIdentity identity,
      DemoPatients patients,
      LogRows logRows,
      @ConfigProperty(name = "medcue.client-trust.mode") String clientTrust) {
    this.identity = identity;
    this.patients = patients;
    this.logRows = logRows;
    playsEhr = clientTrust.equalsIgnoreCase("none");
  }

  /** The page; each load begins a visit of its own. */
  @GET
  @Produces(MediaType.TEXT_HTML)
  @RolesAllowed({Roles.CLINICIAN, Roles.ADMIN, Roles.AUDITOR})
  public TemplateInstance index() {
    return Templates.index(Viewer.of(identity), playsEhr, patients.all(), UUID.randomUUID());
  }

  /** The order-select request of a bundled patient, as a new call. */
  @GET
  @Path("console/patients/{key}/request")
  @RolesAllowed(Roles.CLINICIAN)
  @Produces(MediaType.APPLICATION_JSON)
  public String request(@PathParam("key") String key, @QueryParam("visit") @Nullable String visit) {
    DemoPatient patient =
        patients
            .find(key)
            .orElseThrow(() -> new RequestRefusedException(404, "key", "no such patient"));
    return DemoPatients.request(
        patient, visit == null ? UUID.randomUUID() : QueryValues.uuid("visit", visit));
  }

  /** Shows an answer of the CDS service. */
  @POST
  @Path("console/cards")
  @RolesAllowed(Roles.CLINICIAN)
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.TEXT_HTML)
  public TemplateInstance cards(InputStream answer) {
    return Templates.cards(ShownCard.of(JsonBody.object(answer)));
  }

  /** The newest entries of the log. */
  @GET
  @Path("console/log")
  @Produces(MediaType.TEXT_HTML)
  @RolesAllowed(Roles.AUDITOR)
  public TemplateInstance log() {
    return Templates.log(logRows.newest(viewer()));
  }

  /** One entry of the log. */
  @GET
  @Path("console/recommendations/{id}")
  @Produces(MediaType.TEXT_HTML)
  @RolesAllowed(Roles.AUDITOR)
  public TemplateInstance recommendation(@PathParam("id") String id) {
    LoggedRecommendation entry =
        logRows
            .find(viewer(), QueryValues.uuid("id", id))
            .orElseThrow(() -> new RequestRefusedException(404, "id", "no such recommendation"));
    return Templates.recommendation(entry, logRows.json(entry));
  }

  private Actor viewer() {
    return Actor.person(identity);
  }
}
