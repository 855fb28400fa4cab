package org.medcue.model.mrkpa;

/**
 * Hyper-parameters that define the network.
 *
 * @param size l, the size of code and visit vectors
 * @param graphHeads heads of graph attention; size is a multiple
 * @param layers Transformer layers of the visit encoder
 * @param encoderHeads heads of the visit encoder; size is a multiple
 * @param feedForward inner size of the feed-forward network
 * @param dropout rate in the encoder and before the head
 * @param drugMemory whether earlier visits' drugs also reach the output directly; without it the
 *     head is the paper's five vectors alone (equation 10)
 */
public record MrKpaConfig(
    int size,
    int graphHeads,
    int layers,
    int encoderHeads,
    int feedForward,
    float dropout,
    boolean drugMemory) {

  private static final int WIDEST = 8192;
  private static final int MOST_LAYERS = 64;

  public MrKpaConfig {
    if (graphHeads < 1 || encoderHeads < 1 || size > WIDEST || feedForward > WIDEST) {
      throw new IllegalArgumentException(
          "there is at least one head of each kind, and no layer is wider than " + WIDEST);
    }
    if (size < 1 || size % graphHeads != 0 || size % encoderHeads != 0) {
      throw new IllegalArgumentException("size must be a multiple of both numbers of heads");
    }
    if (layers < 1 || layers > MOST_LAYERS || feedForward < 1 || dropout < 0 || dropout >= 1) {
      throw new IllegalArgumentException(
          "layers must be 1 to " + MOST_LAYERS + ", feedForward positive, dropout between 0 and 1");
    }
  }

  /** The sizes of the bundled version, chosen for two CPU cores. */
  public static MrKpaConfig standard() {
    return new MrKpaConfig(64, 4, 1, 4, 128, 0.1f, true);
  }

  /** How many weights the encoder alone has, about: its attention and its feed-forward network. */
  public long leastWeights() {
    return layers * (4L * size * size + 2L * size * feedForward);
  }

  /** The same sizes with the paper's head alone. */
  public MrKpaConfig withoutDrugMemory() {
    return new MrKpaConfig(size, graphHeads, layers, encoderHeads, feedForward, dropout, false);
  }
}
