package org.medcue.training.evaluation;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.medcue.training.TrainingException;

/** An evaluation as files: {@code evaluation.json} and its plots. */
public final class ReportFolder {

  /** The figures. */
  public static final String EVALUATION = "evaluation.json";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ReportFolder() {}

  /**
   * Writes a report, over an earlier one.
   *
   * @return why there are no plots, where the machine cannot draw
   * @throws TrainingException if a file cannot be written
   */
  public static Optional<String> write(Path folder, EvaluationReport report) {
    try {
      Files.createDirectories(folder);
      JSON.writeValue(folder.resolve(EVALUATION).toFile(), report);
      return ReportPlots.write(folder, report);
    } catch (IOException e) {
      throw new TrainingException("cannot write the report to " + folder, e);
    }
  }
}
