package org.medcue.recommendation;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.medcue.model.ModelException;
import org.medcue.platform.RequestRefusedException;
import org.medcue.platform.Roles;
import org.medcue.recommendation.drift.DriftReport;
import org.medcue.recommendation.drift.DriftReports;

/** Whether a version is asked and answers as in training. Nothing in it tells of a patient. */
@Path("/api/models/{model}/versions/{version}/drift")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.ADMIN, Roles.AUDITOR})
public class DriftResource {

  private final DriftReports reports;
  private final ModelComparisons comparisons;
  private final Clock clock;

  DriftResource(DriftReports reports, ModelComparisons comparisons, Clock clock) {
    this.reports = reports;
    this.comparisons = comparisons;
    this.clock = clock;
  }

  /**
   * Drift of a version against its training profile.
   *
   * @param from the first day, such as {@code 2026-11-01}, in UTC; 29 days before the last one
   *     where it is left out
   * @param to the last day; today where it is left out
   */
  @GET
  public VersionDrift drift(
      @PathParam("model") String model,
      @PathParam("version") String version,
      @QueryParam("from") @Nullable String from,
      @QueryParam("to") @Nullable String to) {
    Days days = Days.of(from, to, clock);
    DriftReport report = report(model, version, days);
    return new VersionDrift(
        model,
        version,
        days.first(),
        days.last(),
        report.answers(),
        report.fields(),
        report.unknown(),
        comparisons.acceptance(model, days));
  }

  private DriftReport report(String model, String version, Days days) {
    try {
      return reports
          .of(model, version, days.first(), days.last())
          .orElseThrow(
              () ->
                  RequestRefusedException.problem(
                      404,
                      "no-profile",
                      "this version has no training profile (profile.json) to compare with;"
                          + " register a version that was made with one"));
    } catch (ModelException e) {
      throw new RequestRefusedException(404, "version", "no such version");
    }
  }
}
