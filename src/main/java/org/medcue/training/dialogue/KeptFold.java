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
import java.util.function.Function;
import org.medcue.clinical.Dialogue;
import org.medcue.model.learning.Calibration;
import org.medcue.training.Progress;
import org.medcue.training.TrainingException;

/**
 * What a system that was fitted on one fold's training part says of its scored part, as a file: so
 * nothing is fitted twice, and systems can be blended afterwards.
 *
 * @param fingerprint of data, folds and settings
 * @param minutes of fitting and scoring
 * @param probabilities by protocol and by dialogue, in order of the drugs
 * @param beginnings the same under the clinical protocol where only a part of what it leaves was
 *     said yet, by per cent; of the parts of DDN
 */
record KeptFold(
    String fingerprint,
    double minutes,
    Map<Protocol, Map<String, float[]>> probabilities,
    Map<Integer, Map<String, float[]>> beginnings) {

  private static final JsonMapper JSON = new JsonMapper();

  /** A field that a JSON file lacks would arrive as null: refused, by name. */
  KeptFold {
    requireNonNull(fingerprint, "fingerprint");
    requireNonNull(probabilities, "probabilities");
    requireNonNull(beginnings, "beginnings");
  }

  /**
   * Scores a fold.
   *
   * @param fitted on its training part
   * @param started {@link System#nanoTime()} when that began
   * @param shares of what was said to score too
   */
  static KeptFold of(
      String fingerprint,
      long started,
      CrossValidation.Fold fold,
      DialogueSystem.Fitted fitted,
      Progress progress,
      double... shares) {
    Map<Protocol, Map<String, float[]>> whole = new LinkedHashMap<>();
    for (Protocol protocol : Protocol.values()) {
      DialogueScorer scorer = fitted.under(protocol);
      whole.put(protocol, score(fold, scorer, d -> protocol.read(d.dialogue()), progress));
    }
    Map<Integer, Map<String, float[]>> beginnings = new LinkedHashMap<>();
    for (double share : shares) {
      beginnings.put(
          (int) Math.round(100 * share),
          score(
              fold,
              fitted.under(Protocol.CLINICAL),
              d -> FeasibilityCurve.upTo(Protocol.CLINICAL.read(d.dialogue()), share),
              progress));
    }
    return new KeptFold(fingerprint, (System.nanoTime() - started) / 60e9, whole, beginnings);
  }

  private static Map<String, float[]> score(
      CrossValidation.Fold fold,
      DialogueScorer scorer,
      Function<LabelledDialogue, Dialogue> reading,
      Progress progress) {
    Map<String, float[]> byId = new LinkedHashMap<>();
    for (LabelledDialogue dialogue : fold.scored()) {
      progress.update("scoring the fold", byId.size(), fold.scored().size());
      byId.put(dialogue.id(), scorer.score(reading.apply(dialogue), dialogue.disease()));
    }
    return byId;
  }

  /** The scored dialogues of the fold, judged under a protocol. */
  List<ScoredDialogue> scored(CrossValidation.Fold fold, Protocol protocol) {
    return scored(fold, protocol, probabilities.getOrDefault(protocol, Map.of()));
  }

  /** The same of beginnings, under the clinical protocol. */
  List<ScoredDialogue> scoredUpTo(CrossValidation.Fold fold, int percent) {
    return percent == 100
        ? scored(fold, Protocol.CLINICAL)
        : scored(fold, Protocol.CLINICAL, beginnings.getOrDefault(percent, Map.of()));
  }

  private static List<ScoredDialogue> scored(
      CrossValidation.Fold fold, Protocol protocol, Map<String, float[]> byId) {
    return fold.scored().stream()
        .map(
            dialogue ->
                ScoredDialogue.of(
                    dialogue, protocol.judged(dialogue.dialogue(), of(dialogue.id(), byId))))
        .toList();
  }

  /** Dialogues are known by file and line, so those of a renamed file are others. */
  private static float[] of(String id, Map<String, float[]> byId) {
    float[] probabilities = byId.get(id);
    if (probabilities == null) {
      throw new TrainingException(
          "the kept runs say nothing of "
              + id
              + ": give the file the name that it had, or another folder");
    }
    return probabilities;
  }

  /**
   * Two systems as one: a mean of their logits.
   *
   * @param share of this one
   */
  KeptFold blendedWith(KeptFold other, double share) {
    return new KeptFold(
        fingerprint,
        minutes + other.minutes,
        blended(probabilities, other.probabilities, share),
        blended(beginnings, other.beginnings, share));
  }

  private static <K> Map<K, Map<String, float[]>> blended(
      Map<K, Map<String, float[]>> ours, Map<K, Map<String, float[]>> theirs, double share) {
    Map<K, Map<String, float[]>> blended = new LinkedHashMap<>();
    ours.forEach(
        (key, own) -> {
          Map<String, float[]> others = theirs.getOrDefault(key, Map.of());
          Map<String, float[]> byId = new LinkedHashMap<>();
          own.forEach((id, first) -> byId.put(id, blended(first, of(id, others), share)));
          blended.put(key, byId);
        });
    return blended;
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

  /** The same with probabilities that mean what they say. */
  KeptFold calibrated(Calibration calibration) {
    return new KeptFold(
        fingerprint,
        minutes,
        calibrated(probabilities, calibration),
        calibrated(beginnings, calibration));
  }

  private static <K> Map<K, Map<String, float[]>> calibrated(
      Map<K, Map<String, float[]>> scores, Calibration calibration) {
    Map<K, Map<String, float[]>> calibrated = new LinkedHashMap<>();
    scores.forEach(
        (key, own) -> {
          Map<String, float[]> byId = new LinkedHashMap<>();
          own.forEach(
              (id, before) -> {
                float[] after = before.clone();
                for (int drug = 0; drug < after.length; drug++) {
                  after[drug] = calibration.ofProbability(before[drug]);
                }
                byId.put(id, after);
              });
          calibrated.put(key, byId);
        });
    return calibrated;
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
