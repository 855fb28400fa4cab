package org.medcue.model.ddn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.medcue.clinical.Speaker;

/**
 * Some dialogues with their diseases, as padded arrays.
 *
 * <p>Shapes: B dialogues, L most tokens, U most utterances, N most neighbours of a disease.
 */
final class DialogueBatch {

  /** Means that the output reads beside the graph: what either said, and the last utterance. */
  static final int MEANS = 3;

  /** A dialogue and the number of its disease. */
  record Case(EncodedDialogue dialogue, int disease) {}

  private final List<Case> cases;
  private final int tokens;
  private final int utterances;

  DialogueBatch(List<Case> cases) {
    if (cases.isEmpty()) {
      throw new IllegalArgumentException("a batch needs a dialogue");
    }
    this.cases = List.copyOf(cases);
    this.tokens = cases.stream().mapToInt(c -> c.dialogue.length()).max().orElseThrow();
    this.utterances =
        cases.stream().mapToInt(c -> c.dialogue.speakers().size()).max().orElseThrow();
  }

  int size() {
    return cases.size();
  }

  /** L. */
  int tokens() {
    return tokens;
  }

  List<Case> cases() {
    return cases;
  }

  /** Token numbers (B, L), 0 for padding. */
  NDArray ids(NDManager manager) {
    long[] ids = new long[cases.size() * tokens];
    forEachToken((row, token, dialogue) -> ids[row * tokens + token] = dialogue.tokens()[token]);
    return manager.create(ids, new Shape(cases.size(), tokens));
  }

  /** Positions (B, L), running through a dialogue. */
  NDArray positions(NDManager manager) {
    long[] positions = new long[cases.size() * tokens];
    forEachToken((row, token, dialogue) -> positions[row * tokens + token] = token);
    return manager.create(positions, new Shape(cases.size(), tokens));
  }

  /** 1 for a token (B, L). */
  NDArray mask(NDManager manager) {
    float[] mask = new float[cases.size() * tokens];
    forEachToken((row, token, dialogue) -> mask[row * tokens + token] = 1);
    return manager.create(mask, new Shape(cases.size(), tokens));
  }

  /** The number of each token's speaker (B, L), 0 for padding. */
  NDArray speakers(NDManager manager) {
    long[] speakers = new long[cases.size() * tokens];
    forEachToken(
        (row, token, dialogue) ->
            speakers[row * tokens + token] = dialogue.speakerOf(token).ordinal());
    return manager.create(speakers, new Shape(cases.size(), tokens));
  }

  /** Weights (B, U, L) whose product with tokens is the mean of each utterance's tokens. */
  NDArray utteranceMeans(NDManager manager) {
    float[] weights = new float[cases.size() * utterances * tokens];
    forEachToken(
        (row, token, dialogue) ->
            weights[(row * utterances + dialogue.utterances()[token]) * tokens + token] = 1);
    return means(manager, weights, utterances, tokens);
  }

  /**
   * Weights (B, 3, U) whose product with utterances is the mean of the patient's, of the doctor's,
   * and the last one; a long utterance weighs more, by its tokens.
   */
  NDArray speakerMeans(NDManager manager) {
    float[] weights = new float[cases.size() * MEANS * utterances];
    forEachToken(
        (row, token, dialogue) -> {
          int utterance = dialogue.utterances()[token];
          int mean = dialogue.speakerOf(token) == Speaker.PATIENT ? 0 : 1;
          weights[(row * MEANS + mean) * utterances + utterance]++;
          if (utterance == dialogue.speakers().size() - 1) {
            weights[(row * MEANS + 2) * utterances + utterance]++;
          }
        });
    return means(manager, weights, MEANS, utterances);
  }

  /** Each row divided by its sum; a row of nothing stays so. */
  private NDArray means(NDManager manager, float[] weights, int rows, int columns) {
    for (int row = 0; row < cases.size() * rows; row++) {
      float sum = 0;
      for (int column = 0; column < columns; column++) {
        sum += weights[row * columns + column];
      }
      for (int column = 0; column < columns && sum > 0; column++) {
        weights[row * columns + column] /= sum;
      }
    }
    return manager.create(weights, new Shape(cases.size(), rows, columns));
  }

  /** The edges of each dialogue's graph (B, U, U), each utterance with one to itself. */
  NDArray edges(NDManager manager) {
    float[] edges = new float[cases.size() * utterances * utterances];
    for (int row = 0; row < cases.size(); row++) {
      EncodedDialogue dialogue = cases.get(row).dialogue;
      int said = dialogue.speakers().size();
      for (int one = 0; one < utterances; one++) {
        for (int other = 0; other < utterances; other++) {
          boolean joined = one < said && other < said ? dialogue.joined(one, other) : one == other;
          edges[(row * utterances + one) * utterances + other] = joined ? 1 : 0;
        }
      }
    }
    return manager.create(edges, new Shape(cases.size(), utterances, utterances));
  }

  /** Weights (B, 1, U) whose product with utterances is their mean. */
  NDArray dialogueMeans(NDManager manager) {
    float[] weights = new float[cases.size() * utterances];
    for (int row = 0; row < cases.size(); row++) {
      int said = cases.get(row).dialogue.speakers().size();
      for (int utterance = 0; utterance < said; utterance++) {
        weights[row * utterances + utterance] = 1;
      }
    }
    return means(manager, weights, 1, utterances);
  }

  /** The numbers of the diseases (B). */
  NDArray diseases(NDManager manager) {
    return manager.create(cases.stream().mapToLong(Case::disease).toArray());
  }

  private interface TokenAction {
    void at(int row, int token, EncodedDialogue dialogue);
  }

  private void forEachToken(TokenAction action) {
    for (int row = 0; row < cases.size(); row++) {
      EncodedDialogue dialogue = cases.get(row).dialogue;
      for (int token = 0; token < dialogue.length(); token++) {
        action.at(row, token, dialogue);
      }
    }
  }
}
