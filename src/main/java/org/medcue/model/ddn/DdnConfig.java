package org.medcue.model.ddn;

import java.util.Objects;
import org.medcue.model.text.PretrainedEncoder;

/**
 * The sizes of a DDN network.
 *
 * @param encoder the pre-trained encoder, of which some layers are trained further
 * @param frozenLayers layers of it, from the first, that stay as they are, as the embeddings do
 * @param longest tokens of a dialogue; of a longer one the first utterance and the end are read
 * @param entity size of an entity of the knowledge graph, E
 * @param disease size of a disease's vector, S
 * @param encoderDropout rate within the encoder while training
 * @param dropout rate before the output layer while training
 * @param dialogueGraph whether utterances attend to each other along the dialogue's graph
 * @param knowledgeGraph whether the disease's neighbours are read
 */
public record DdnConfig(
    PretrainedEncoder encoder,
    int frozenLayers,
    int longest,
    int entity,
    int disease,
    float encoderDropout,
    float dropout,
    boolean dialogueGraph,
    boolean knowledgeGraph) {

  private static final int WIDEST = 4096;

  public DdnConfig {
    for (int size : new int[] {longest, entity, disease}) {
      if (size < 1 || size > WIDEST) {
        throw new IllegalArgumentException("sizes are 1 to " + WIDEST + ", not " + size);
      }
    }
    if (frozenLayers < 0 || !isRate(encoderDropout) || !isRate(dropout)) {
      throw new IllegalArgumentException(
          "frozen layers are not negative, dropout is between 0 and 1");
    }
    Objects.requireNonNull(encoder, "encoder");
  }

  private static boolean isRate(float dropout) {
    return dropout >= 0 && dropout < 1;
  }

  /** The shipped version's. */
  public static DdnConfig standard() {
    return new DdnConfig(PretrainedEncoder.BGE_SMALL_ZH, 2, 384, 64, 128, 0.1f, 0.3f, true, true);
  }

  /**
   * The same on another encoder.
   *
   * @param frozenLayers of it
   */
  public DdnConfig withEncoder(PretrainedEncoder encoder, int frozenLayers) {
    return new DdnConfig(
        encoder,
        frozenLayers,
        longest,
        entity,
        disease,
        encoderDropout,
        dropout,
        dialogueGraph,
        knowledgeGraph);
  }

  /** The same without attention along the dialogue's graph, whose utterances are averaged then. */
  public DdnConfig withoutDialogueGraph() {
    return new DdnConfig(
        encoder,
        frozenLayers,
        longest,
        entity,
        disease,
        encoderDropout,
        dropout,
        false,
        knowledgeGraph);
  }

  /** The same without neighbours of the disease, which is known by its own vector alone then. */
  public DdnConfig withoutKnowledgeGraph() {
    return new DdnConfig(
        encoder,
        frozenLayers,
        longest,
        entity,
        disease,
        encoderDropout,
        dropout,
        dialogueGraph,
        false);
  }
}
