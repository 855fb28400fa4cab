package org.medcue.clinical;

import java.util.List;

/**
 * A conversation between doctor and patient (DDN paper, section 4.1).
 *
 * @param utterances in the order in which they were said; may be empty
 */
public record Dialogue(List<Utterance> utterances) {

  /** Nothing was said. */
  public static final Dialogue EMPTY = new Dialogue(List.of());

  public Dialogue {
    utterances = List.copyOf(utterances);
  }

  /**
   * The number of each utterance's block, from 0: a block is what one speaker says until the other
   * one speaks (DDN paper, section 4.3). As long as the dialogue.
   */
  public int[] blocks() {
    int[] blocks = new int[utterances.size()];
    for (int i = 1; i < blocks.length; i++) {
      boolean same = utterances.get(i).speaker() == utterances.get(i - 1).speaker();
      blocks[i] = blocks[i - 1] + (same ? 0 : 1);
    }
    return blocks;
  }
}
