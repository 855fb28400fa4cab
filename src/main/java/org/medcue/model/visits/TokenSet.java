package org.medcue.model.visits;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.medcue.clinical.CodeRole;

/**
 * A set of codes as the encoder reads it: [CLS], then tokens in ascending order, each with a role.
 * Equal when tokens and roles are.
 */
public final class TokenSet {

  /** Role indices: 0 for [CLS] and for drugs, then those of {@link CodeRole}. */
  public static final int ROLES = 1 + CodeRole.values().length;

  private static final int PADDING_STEP = 8;

  private final int[] tokens;
  private final int[] roles;

  private TokenSet(int[] tokens, int[] roles) {
    this.tokens = tokens;
    this.roles = roles;
  }

  /**
   * @param cls the field's [CLS] token
   * @param roleOf role index by token
   */
  public static TokenSet of(int cls, SortedMap<Integer, Integer> roleOf) {
    int[] tokens = new int[roleOf.size() + 1];
    int[] roles = new int[tokens.length];
    tokens[0] = cls;
    int i = 1;
    for (var entry : roleOf.entrySet()) {
      tokens[i] = entry.getKey();
      roles[i++] = entry.getValue();
    }
    return new TokenSet(tokens, roles);
  }

  public static int indexOf(CodeRole role) {
    return 1 + role.ordinal();
  }

  /** The codes of one role alone. */
  public TokenSet only(CodeRole role) {
    SortedMap<Integer, Integer> kept = new TreeMap<>();
    for (int i = 1; i < tokens.length; i++) {
      if (roles[i] == indexOf(role)) {
        kept.put(tokens[i], roles[i]);
      }
    }
    return of(tokens[0], kept);
  }

  /**
   * The same set with other tokens in its places, whose roles stay; [CLS] stays too. What comes out
   * may hold a token twice, as masked sets do.
   *
   * @param replacement the new token for each token
   */
  public TokenSet replacing(IntUnaryOperator replacement) {
    int[] replaced = tokens.clone();
    for (int i = 1; i < replaced.length; i++) {
      replaced[i] = replacement.applyAsInt(replaced[i]);
    }
    return new TokenSet(replaced, roles);
  }

  /** The number of tokens, [CLS] included. */
  public int length() {
    return tokens.length;
  }

  /**
   * The length to which this set is padded, which follows from its own length alone: padding
   * changes the last bits of a sum, so a length that followed from the longest neighbour would let
   * a later visit's drugs reach an earlier prediction.
   */
  public int paddedLength() {
    return (tokens.length + PADDING_STEP - 1) / PADDING_STEP * PADDING_STEP;
  }

  public int token(int place) {
    return tokens[place];
  }

  public int role(int place) {
    return roles[place];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenSet set
        && Arrays.equals(tokens, set.tokens)
        && Arrays.equals(roles, set.roles);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(tokens) + Arrays.hashCode(roles);
  }
}
