package org.medcue.model.mrkpa;

import ai.djl.ndarray.types.Shape;

/**
 * A bucket of sets as padded tables (sets, L).
 *
 * @param tokens token of each place, padded with {@link Vocabulary#PAD}
 * @param roles role of each place
 * @param mask 1 for a token
 * @param shape (sets, L)
 */
record PaddedSets(long[] tokens, long[] roles, float[] mask, Shape shape) {

  static PaddedSets of(VisitBatch.Bucket bucket) {
    int width = bucket.width();
    int count = bucket.tokens().size();
    long[] tokens = new long[count * width];
    long[] roles = new long[tokens.length];
    float[] mask = new float[tokens.length];
    for (int set = 0; set < count; set++) {
      int[] codes = bucket.tokens().get(set);
      for (int i = 0; i < codes.length; i++) {
        int cell = set * width + i;
        tokens[cell] = codes[i];
        roles[cell] = bucket.roles().get(set)[i];
        mask[cell] = 1;
      }
    }
    return new PaddedSets(tokens, roles, mask, new Shape(count, width));
  }
}
