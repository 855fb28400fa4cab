package org.medcue.model.ddn;

import java.util.List;
import org.medcue.clinical.Speaker;

/**
 * A dialogue as tokens, ready for a network.
 *
 * @param tokens numbers of all utterances' tokens, each utterance from [CLS] to [SEP]; at least one
 *     utterance
 * @param utterances place of each token's utterance among those that are read
 * @param speakers of the utterances that are read
 * @param blocks number of each such utterance's block in the whole dialogue
 * @param lost how many utterances are not read, or not to their end, because they are too long
 */
public record EncodedDialogue(
    int[] tokens, int[] utterances, List<Speaker> speakers, int[] blocks, int lost) {

  public EncodedDialogue {
    speakers = List.copyOf(speakers);
    if (tokens.length != utterances.length
        || speakers.size() != blocks.length
        || speakers.isEmpty()) {
      throw new IllegalArgumentException("tokens, utterances, speakers and blocks do not fit");
    }
  }

  /** The number of tokens. */
  public int length() {
    return tokens.length;
  }

  /** The speaker of a token. */
  public Speaker speakerOf(int token) {
    return speakers.get(utterances[token]);
  }

  /** Whether two utterances share an edge: those of one block, and of two blocks side by side. */
  boolean joined(int one, int other) {
    return Math.abs(blocks[one] - blocks[other]) <= 1;
  }
}
