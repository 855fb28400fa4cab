package org.medcue.model;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.medcue.knowledge.KnowledgeVersion;

/**
 * What a model version is and what made it: the {@code manifest.json} of its folder.
 *
 * @param model model name, such as {@code mrkpa}
 * @param version semantic version; a folder never changes after it was written
 * @param architecture hyper-parameters that rebuild the network
 * @param knowledge the knowledge whose codes the vocabularies hold
 * @param threshold probability from which a drug counts as predicted, chosen on validation patients
 * @param provenance data fingerprint, seed, trainer, libraries and time
 * @param metrics headline figures of {@code evaluation.json}
 * @param files SHA-256 in hexadecimal of every other file of the folder
 */
public record ModelManifest(
    String model,
    String version,
    JsonNode architecture,
    List<KnowledgeVersion> knowledge,
    double threshold,
    Map<String, String> provenance,
    Map<String, Double> metrics,
    Map<String, String> files) {

  /** A field that a JSON file lacks would arrive as null: refused, by name. */
  public ModelManifest {
    requireNonNull(model, "model");
    requireNonNull(version, "version");
    if (!requireNonNull(architecture, "architecture").isObject()) {
      throw new IllegalArgumentException("architecture is an object");
    }
    if (!(threshold >= 0 && threshold <= 1)) {
      throw new IllegalArgumentException("threshold is a probability, not " + threshold);
    }
    knowledge = List.copyOf(requireNonNull(knowledge, "knowledge"));
    requireNonNull(provenance, "provenance");
    requireNonNull(metrics, "metrics").forEach((name, figure) -> requireNonNull(figure, name));
    requireNonNull(files, "files").forEach((name, digest) -> requireNonNull(digest, name));
  }
}
