package org.medcue.training.dialogue;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medcue.model.learning.Calibration;
import org.medcue.training.TrainingException;

/**
 * What a system that was fitted on one fold's training part says of its scored part, as a file: so
 * nothing is fitted twice, and systems can be blended afterwards.
 *
 * @param fingerprint of data, folds and settings
 * @param minutes of fitting and scoring
 * @param probabilities by protocol and by dialogue, in order of the drugs
 */
record KeptFold(
    String fingerprint, double minutes, Map<Protocol, Map<String, float[]>> probabilities) {

  private static final JsonMapper JSON = new JsonMapper();

  /** A field that a JSON file lacks would arrive as null: refused, by name. */
  KeptFold {
    requireNonNull(fingerprint, "fingerprint");
    requireNonNull(probabilities, "probabilities");
  }

  /**
   * Scores a fold.
   *
   * @param fitted on its training part
   */
  static Map<Protocol, Map<String, float[]>> score(
      CrossValidation.Fold fold, DialogueSystem.Fitted fitted) {
    Map<Protocol, Map<String, float[]>> scores = new LinkedHashMap<>();
    for (Protocol protocol : Protocol.values()) {
      DialogueScorer scorer = fitted.under(protocol);
      Map<String, float[]> byId = new LinkedHashMap<>();
      for (LabelledDialogue dialogue : fold.scored()) {
        byId.put(
            dialogue.id(), scorer.score(protocol.read(dialogue.dialogue()), dialogue.disease()));
      }
      scores.put(protocol, byId);
    }
    return scores;
  }

  /** The scored dialogues of the fold, judged under a protocol. */
  List<ScoredDialogue> scored(CrossValidation.Fold fold, Protocol protocol) {
    Map<String, float[]> byId = probabilities.getOrDefault(protocol, Map.of());
    return fold.scored().stream()
        .map(
            dialogue ->
                ScoredDialogue.of(
                    dialogue,
                    protocol.judged(
                        dialogue.dialogue(),
                        requireNonNull(byId.get(dialogue.id()), dialogue.id()))))
        .toList();
  }

  /**
   * Two systems as one: a mean of their logits.
   *
   * @param share of this one
   */
  KeptFold blendedWith(KeptFold other, double share) {
    Map<Protocol, Map<String, float[]>> blended = new LinkedHashMap<>();
    probabilities.forEach(
        (protocol, own) -> {
          Map<String, float[]> theirs = other.probabilities.getOrDefault(protocol, Map.of());
          Map<String, float[]> byId = new LinkedHashMap<>();
          own.forEach(
              (id, ours) -> byId.put(id, blended(ours, requireNonNull(theirs.get(id), id), share)));
          blended.put(protocol, byId);
        });
    return new KeptFold(fingerprint, minutes + other.minutes, blended);
  }

  private static float[] blended(float[] ours, float[] theirs, double share) {
    float[] blended = new float[ours.length];
    for (int drug = 0; drug < blended.length; drug++) {
      double logit =
          share * Calibration.logit(ours[drug]) + (1 - share) * Calibration.logit(theirs[drug]);
      blended[drug] = Calibration.none().apply((float) logit);
    }
    return blended;
  }

  /**
   * Reads a fold that was kept.
   *
   * @return empty if there is none yet
   * @throws TrainingException if the file is of other data or settings, or cannot be read
   */
  static Optional<KeptFold> read(Path file, String fingerprint) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      KeptFold kept = JSON.readValue(file.toFile(), KeptFold.class);
      if (kept == null || !kept.fingerprint().equals(fingerprint)) {
        throw new TrainingException(
            file + " is of other data or settings: give another folder, or delete that file");
      }
      return Optional.of(kept);
    } catch (IOException e) {
      throw new TrainingException("cannot read " + file + ": delete it to repeat that run", e);
    }
  }

  /** Writes the file, complete or not at all. */
  void write(Path file) {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try {
      JSON.writeValue(partial.toFile(), this);
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new TrainingException("cannot write " + file, e);
    }
  }
}
