package org.medcue.recommendation;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.medcue.model.ModelException;
import org.medcue.platform.QueryValues;
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
    LocalDate last =
        QueryValues.day("to", to)
            .orElseGet(() -> LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    LocalDate first =
        QueryValues.day("from", from).orElseGet(() -> last.minusDays(DriftReports.DAYS - 1));
    if (first.isAfter(last)) {
      throw new RequestRefusedException(400, "from", "must not be after the last day, " + last);
    }
    DriftReport report = report(model, version, first, last);
    return new VersionDrift(
        model,
        version,
        first,
        last,
        report.answers(),
        report.fields(),
        report.unknown(),
        comparisons.acceptance(model, start(first), start(last.plusDays(1))));
  }

  private DriftReport report(String model, String version, LocalDate first, LocalDate last) {
    try {
      return reports
          .of(model, version, first, last)
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

  private static OffsetDateTime start(LocalDate day) {
    return day.atStartOfDay().atOffset(ZoneOffset.UTC);
  }
}
