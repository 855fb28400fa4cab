package org.medcue.model.text;

import org.medcue.model.nn.EncoderLayer;

/**
 * Sizes of a BERT encoder.
 *
 * @param tokens size of the vocabulary, V
 * @param positions longest sequence, P
 * @param size of a vector, M
 * @param layers of the encoder
 * @param heads of attention in a layer
 * @param feedForward size of a layer's hidden vector
 * @param dropout rate while training
 */
public record BertConfig(
    int tokens, int positions, int size, int layers, int heads, int feedForward, float dropout) {

  /** BERT's own ε of layer normalisation; DJL's default is far larger. */
  static final float EPSILON = 1e-12f;

  /** A layer of the encoder, not yet initialised. */
  public EncoderLayer layer() {
    return new EncoderLayer(size, heads, feedForward, dropout, dropout, EPSILON);
  }
}
