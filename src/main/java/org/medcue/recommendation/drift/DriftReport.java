package org.medcue.recommendation.drift;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.medcue.model.profile.Distribution;
import org.medcue.model.profile.TrainingProfile;

/**
 * What a version was asked and answered, against its training profile.
 *
 * @param answers that were counted
 * @param fields those that the profile tells of
 * @param unknown codes that the version does not know
 */
public record DriftReport(long answers, List<FieldDrift> fields, Unknown unknown) {

  /**
   * Codes that a version knows neither themselves nor by an ancestor.
   *
   * @param read codes that it was given, known or not
   * @param share of them that it does not know, 0 to 1; left out where none was read
   * @param training the share among those whom it was trained on
   * @param validation the share among those whom it was not trained on: what is to be expected
   */
  public record Unknown(
      long read,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Double> share,
      double training,
      double validation) {}

  public DriftReport {
    fields = List.copyOf(fields);
  }

  static DriftReport of(TrainingProfile profile, Map<DriftCell, Long> counts) {
    List<FieldDrift> fields = new ArrayList<>();
    add(fields, DriftField.CODE, profile.codes(), counts);
    add(fields, DriftField.DRUG, profile.drugs(), counts);
    add(fields, DriftField.LENGTH, profile.lengths(), counts);
    return new DriftReport(
        counts.getOrDefault(DriftCell.ANSWERS, 0L), fields, unknown(profile, counts));
  }

  private static void add(
      List<FieldDrift> fields,
      DriftField field,
      Distribution training,
      Map<DriftCell, Long> counts) {
    if (training.total() > 0) {
      Map<String, Long> bins =
          counts.entrySet().stream()
              .filter(count -> count.getKey().field() == field)
              .collect(Collectors.toMap(count -> count.getKey().bin(), Map.Entry::getValue));
      fields.add(FieldDrift.of(field, training, bins));
    }
  }

  private static Unknown unknown(TrainingProfile profile, Map<DriftCell, Long> counts) {
    long unknown = counts.getOrDefault(DriftCell.UNKNOWN, 0L);
    long read = unknown + counts.getOrDefault(DriftCell.KNOWN, 0L);
    return new Unknown(
        read,
        read == 0 ? Optional.empty() : Optional.of((double) unknown / read),
        profile.unknownInTraining(),
        profile.unknownInValidation());
  }
}
