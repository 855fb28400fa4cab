package org.medcue.recommendation;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.medcue.audit.Actor;
import org.medcue.platform.QueryValues;
import org.medcue.platform.RequestRefusedException;
import org.medcue.platform.Roles;

/** The log for people who review it. */
@Path("/api/recommendations")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.AUDITOR)
public class RecommendationResource {

  private static final int MAX_SIZE = 100;
  private static final int MAX_PAGE = 1_000_000;

  private final RecommendationLog log;
  private final ModelComparisons comparisons;
  private final SecurityIdentity identity;
  private final Clock clock;

  RecommendationResource(
      RecommendationLog log, ModelComparisons comparisons, SecurityIdentity identity, Clock clock) {
    this.log = log;
    this.comparisons = comparisons;
    this.identity = identity;
    this.clock = clock;
  }

  /**
   * One page of the log, newest first.
   *
   * @param tenant the EHR that called; needed beside {@code patient} and {@code clinician}
   * @param patient bare id of a Patient
   * @param clinician such as {@code Practitioner/1}
   * @param model name and version, such as {@code mrkpa/2.1.0}
   * @param outcome of a card: accepted, overridden or none
   * @param from served at this time or later
   * @param to served before this time
   * @param page from 0
   * @param size 1 to 100
   */
  @GET
  public LogPage page(
      @QueryParam("tenant") @Nullable String tenant,
      @QueryParam("patient") @Nullable String patient,
      @QueryParam("clinician") @Nullable String clinician,
      @QueryParam("model") @Nullable String model,
      @QueryParam("outcome") @Nullable String outcome,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to,
      @QueryParam("page") @DefaultValue("0") String page,
      @QueryParam("size") @DefaultValue("20") String size) {
    if (tenant == null && (patient != null || clinician != null)) {
      throw new RequestRefusedException(
          400, "tenant", "missing, ids of patients and clinicians are unique within a tenant only");
    }
    LogSearch search =
        new LogSearch(
            QueryValues.optionalText("tenant", tenant),
            QueryValues.optionalText("patient", patient),
            QueryValues.optionalText("clinician", clinician),
            QueryValues.optionalText("model", model),
            QueryValues.optional(
                "outcome",
                outcome,
                text -> LogSearch.Outcome.valueOf(text.toUpperCase(Locale.ROOT)),
                "accepted, overridden or none"),
            QueryValues.time("from", from),
            QueryValues.time("to", to));
    return log.page(
        viewer(),
        search,
        QueryValues.number("page", page, 0, MAX_PAGE),
        QueryValues.number("size", size, 1, MAX_SIZE));
  }

  /**
   * How versions of a model stand to each other by what was asked of them in use: agreement,
   * acceptance and latency. Nothing in it tells of a patient.
   *
   * @param model its name, such as {@code mrkpa}
   * @param version of the challenger; all of them where it is left out
   * @param from the first day of the answers, such as {@code 2026-11-01}, in UTC; 29 days before
   *     the last one where it is left out
   * @param to the last day; today where it is left out
   */
  @GET
  @Path("comparison")
  @RolesAllowed({Roles.AUDITOR, Roles.ADMIN})
  public ModelComparison comparison(
      @QueryParam("model") @Nullable String model,
      @QueryParam("version") @Nullable String version,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to) {
    if (model == null) {
      throw new RequestRefusedException(400, "model", "missing, name one such as mrkpa");
    }
    return comparisons.of(
        QueryValues.text("model", model),
        QueryValues.optionalText("version", version),
        Days.of(from, to, clock));
  }

  /** One entry by its identifier. */
  @GET
  @Path("{id}")
  public LoggedRecommendation one(@PathParam("id") String id) {
    return log.find(viewer(), QueryValues.uuid("id", id))
        .orElseThrow(() -> new RequestRefusedException(404, "id", "no such recommendation"));
  }

  private Actor viewer() {
    return Actor.person(identity);
  }
}
