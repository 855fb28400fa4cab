package org.medcue.recommendation;

import java.time.LocalDate;
import java.util.List;
import org.medcue.recommendation.ModelComparison.Acceptance;
import org.medcue.recommendation.drift.DriftReport;
import org.medcue.recommendation.drift.FieldDrift;

/**
 * How far what a version was asked and answered has moved from its training profile.
 *
 * @param model such as {@code mrkpa}
 * @param version such as {@code 2.1.0}
 * @param from the first day, in UTC
 * @param to the last day
 * @param answers of the version that were counted; one encounter may ask for several
 * @param fields of what was asked and answered
 * @param unknown codes that the version does not know
 * @param acceptance of what each version of the model answered on these days
 */
public record VersionDrift(
    String model,
    String version,
    LocalDate from,
    LocalDate to,
    long answers,
    List<FieldDrift> fields,
    DriftReport.Unknown unknown,
    List<Acceptance> acceptance) {

  public VersionDrift {
    fields = List.copyOf(fields);
    acceptance = List.copyOf(acceptance);
  }
}
