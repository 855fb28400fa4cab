package org.medcue.model.profile;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;

/**
 * What a version was asked and what it said in training: the {@code profile.json} of its folder, by
 * which drift is told. It travels with the version, so what fewer than ten people have is in no bin
 * of its own.
 *
 * @param codes of visits with an order, diagnoses and symptoms; of dialogues, diseases
 * @param drugs shown as served; {@link Observation#NONE} for a card without suggestions
 * @param lengths of dialogues, in utterances; nothing counted of visits
 * @param unknownInTraining share of the codes read that the version does not know, of those whom it
 *     was trained on: 0 where they are its vocabulary
 * @param unknownInValidation the same of people whom it was not trained on
 */
public record TrainingProfile(
    Distribution codes,
    Distribution drugs,
    Distribution lengths,
    double unknownInTraining,
    double unknownInValidation) {

  /** The file of a version's folder. */
  public static final String FILE = "profile.json";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** A field that a JSON file lacks would arrive as null: refused, by name. */
  public TrainingProfile {
    requireNonNull(codes, "codes");
    requireNonNull(drugs, "drugs");
    requireNonNull(lengths, "lengths");
  }

  /**
   * The profile of a version.
   *
   * @throws ModelException if it has none
   */
  public static TrainingProfile of(ModelFolder folder) {
    return folder.read(FILE, TrainingProfile.class);
  }

  /**
   * The profile of a version that may have none.
   *
   * @throws ModelException if it has one that cannot be read
   */
  public static Optional<TrainingProfile> find(ModelFolder folder) {
    return folder.manifest().files().containsKey(FILE) ? Optional.of(of(folder)) : Optional.empty();
  }

  /** Writes the file of a version that is being made. */
  public void write(Path folder) throws IOException {
    JSON.writeValue(folder.resolve(FILE).toFile(), this);
  }
}
