package org.medcue.model.visits;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * A bucket of sets of one padded length L as tables (sets, L).
 *
 * @param tokens token of each place, padded with {@link Vocabulary#PAD}
 * @param roles role of each place
 * @param mask 1 for a token
 * @param shape (sets, L)
 */
public record PaddedSets(long[] tokens, long[] roles, float[] mask, Shape shape) {

  public static PaddedSets of(List<TokenSet> sets) {
    int width = sets.get(0).paddedLength();
    long[] tokens = new long[sets.size() * width];
    long[] roles = new long[tokens.length];
    float[] mask = new float[tokens.length];
    for (int row = 0; row < sets.size(); row++) {
      TokenSet set = sets.get(row);
      for (int i = 0; i < set.length(); i++) {
        int cell = row * width + i;
        tokens[cell] = set.token(i);
        roles[cell] = set.role(i);
        mask[cell] = 1;
      }
    }
    return new PaddedSets(tokens, roles, mask, new Shape(sets.size(), width));
  }
}
