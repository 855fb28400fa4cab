package org.medcue.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.medcue.cli.EvaluateCommand.Part;
import org.medcue.model.ModelManifest;

/** Says when figures may flatter a version because it was trained on those it is scored on. */
final class EvaluationCaution {

  private static final String DATA_FINGERPRINT = "dataFingerprint";

  private EvaluationCaution() {}

  /** Whether a cohort is, file by file, the one that a version was trained from. */
  static boolean isTrainedFrom(ModelManifest manifest, String fingerprint) {
    return fingerprint.equals(manifest.provenance().get(DATA_FINGERPRINT));
  }

  /** The caution; empty where the split keeps the patients scored out of training. */
  static Optional<String> of(Part part, ModelManifest manifest, String fingerprint) {
    if (part == Part.validation || part == Part.test) {
      return Optional.empty();
    }
    String found =
        isTrainedFrom(manifest, fingerprint)
            ? "this is the very cohort that the version was trained on, so the figures flatter it"
            : "if some of these patients were among those that the version was trained on, the"
                + " figures flatter it";
    @Nullable String split = manifest.provenance().get("splitSeed");
    return Optional.of(
        split == null ? found : found + "; --part test scores those that its split kept out");
  }
}
