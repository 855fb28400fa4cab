package org.medcue.model.mrkpa;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;
import org.medcue.model.visits.EncodedVisit;
import org.medcue.model.visits.TokenSet;

/**
 * The codes of one field that occur in some visits: what pre-training predicts of that field.
 *
 * @param tokens their tokens, ascending
 * @param field which set of a visit
 */
record FieldCodes(int[] tokens, Function<EncodedVisit, TokenSet> field) {

  static FieldCodes of(List<EncodedVisit> visits, Function<EncodedVisit, TokenSet> field) {
    TreeSet<Integer> tokens = new TreeSet<>();
    for (EncodedVisit visit : visits) {
      TokenSet set = field.apply(visit);
      for (int i = 1; i < set.length(); i++) {
        tokens.add(set.token(i));
      }
    }
    return new FieldCodes(tokens.stream().mapToInt(Integer::intValue).toArray(), field);
  }

  /** C, at least 1 so that an empty field has a shape. */
  int count() {
    return Math.max(1, tokens.length);
  }

  int anyToken(Random random) {
    return tokens[random.nextInt(tokens.length)];
  }

  /** (B, C): 1 for each code of each visit's field. */
  float[] multiHot(List<EncodedVisit> visits) {
    float[] hot = new float[visits.size() * count()];
    for (int row = 0; row < visits.size(); row++) {
      TokenSet set = field.apply(visits.get(row));
      for (int i = 1; i < set.length(); i++) {
        hot[row * count() + Arrays.binarySearch(tokens, set.token(i))] = 1;
      }
    }
    return hot;
  }
}
