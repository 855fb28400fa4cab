package org.medcue.recommendation.drift;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.medcue.model.ModelException;
import org.medcue.platform.UnavailableException;
import org.medcue.recommendation.drift.DriftTable.Answering;
import org.medcue.serving.VersionProfiles;

/** Compares what was counted with training profiles, of versions that are out of use, too. */
@ApplicationScoped
public class DriftReports {

  /** How many days are looked at where nobody says which. */
  public static final int DAYS = 30;

  private static final Logger LOG = Logger.getLogger(DriftReports.class);

  private final DriftTable table;
  private final VersionProfiles profiles;

  DriftReports(DriftTable table, VersionProfiles profiles) {
    this.table = table;
    this.profiles = profiles;
  }

  /**
   * How a version stood from the first to the last day.
   *
   * @return empty if the version has no profile
   * @throws ModelException if there is no such version, or it cannot be read
   * @throws UnavailableException if the database cannot be asked
   */
  public Optional<DriftReport> of(String model, String version, LocalDate first, LocalDate last) {
    return profiles
        .of(model, version)
        .map(
            profile ->
                DriftReport.of(profile, table.of(new Answering(model, version), first, last)));
  }

  /** How every version stood that answered meanwhile and can be read, by {@code model/version}. */
  Map<String, DriftReport> all(LocalDate first, LocalDate last) {
    Map<String, DriftReport> reports = new TreeMap<>();
    table
        .all(first, last)
        .forEach(
            (version, counts) -> {
              try {
                profiles
                    .of(version.model(), version.version())
                    .map(profile -> DriftReport.of(profile, counts))
                    .ifPresent(
                        report -> reports.put(version.model() + "/" + version.version(), report));
              } catch (ModelException e) {
                LOG.debugf("Drift of a version is not told: %s", e.getMessage());
              }
            });
    return reports;
  }
}
