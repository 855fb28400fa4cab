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

  public MrKpaConfig {
    if (size < 1 || size % graphHeads != 0 || size % encoderHeads != 0) {
      throw new IllegalArgumentException("size must be a multiple of both numbers of heads");
    }
    if (layers < 1 || feedForward < 1 || dropout < 0 || dropout >= 1) {
      throw new IllegalArgumentException(
          "layers and feedForward must be positive, dropout between 0 and 1");
    }
  }

  /** The sizes of the bundled version, chosen for two CPU cores. */
  public static MrKpaConfig standard() {
    return new MrKpaConfig(64, 4, 1, 4, 128, 0.1f, true);
  }

  /** The same sizes with the paper's head alone. */
  public MrKpaConfig withoutDrugMemory() {
    return new MrKpaConfig(size, graphHeads, layers, encoderHeads, feedForward, dropout, false);
  }
}
