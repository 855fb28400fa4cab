package org.medcue.model.ddn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.Speaker;
import org.medcue.clinical.Utterance;
import org.medcue.model.text.TextTokenizer;

/**
 * Turns dialogues into tokens. A dialogue is one sequence, so that the encoder reads each utterance
 * in the light of the others; a long one keeps its first utterance, where the complaint is, and its
 * end, where the recommendation comes.
 */
public final class DialogueEncoding {

  /** Tokens of an utterance, [CLS] and [SEP] among them. */
  private static final int LONGEST_UTTERANCE = 202;

  /** Tokens of the first utterance where the dialogue is too long. */
  private static final int FIRST_OF_LONG = 128;

  private final TextTokenizer tokenizer;
  private final int longest;

  /**
   * @param longest tokens of a dialogue
   */
  public DialogueEncoding(TextTokenizer tokenizer, int longest) {
    if (longest < FIRST_OF_LONG + LONGEST_UTTERANCE) {
      throw new IllegalArgumentException(
          "a dialogue needs room for " + (FIRST_OF_LONG + LONGEST_UTTERANCE) + " tokens");
    }
    this.tokenizer = tokenizer;
    this.longest = longest;
  }

  /** A dialogue's tokens; one in which nothing was said is one empty utterance of the patient. */
  public EncodedDialogue encode(Dialogue dialogue) {
    List<Utterance> said = dialogue.utterances();
    if (said.isEmpty()) {
      int[] nothing = {tokenizer.first(), tokenizer.last()};
      return new EncodedDialogue(nothing, new int[2], List.of(Speaker.PATIENT), new int[1], 0);
    }
    List<int[]> tokens = new ArrayList<>();
    int[] whole = new int[said.size()];
    for (int i = 0; i < whole.length; i++) {
      int[] text = tokenizer.encode(said.get(i).text());
      tokens.add(framed(text));
      whole[i] = text.length + 2;
    }
    List<Integer> read = read(tokens);
    long uncut = read.stream().filter(i -> tokens.get(i).length == whole[i]).count();
    int[] blocks = dialogue.blocks();
    return new EncodedDialogue(
        read.stream().flatMapToInt(i -> Arrays.stream(tokens.get(i))).toArray(),
        IntStream.range(0, read.size())
            .flatMap(
                place -> IntStream.generate(() -> place).limit(tokens.get(read.get(place)).length))
            .toArray(),
        read.stream().map(i -> said.get(i).speaker()).toList(),
        read.stream().mapToInt(i -> blocks[i]).toArray(),
        said.size() - (int) uncut);
  }

  private int[] framed(int[] text) {
    int length = Math.min(LONGEST_UTTERANCE, text.length + 2);
    int[] framed = new int[length];
    framed[0] = tokenizer.first();
    System.arraycopy(text, 0, framed, 1, length - 2);
    framed[length - 1] = tokenizer.last();
    return framed;
  }

  /** The utterances that fit: all, or the first, shortened, and as many of the last as fit. */
  private List<Integer> read(List<int[]> tokens) {
    int all = tokens.stream().mapToInt(t -> t.length).sum();
    if (all <= longest) {
      return IntStream.range(0, tokens.size()).boxed().toList();
    }
    if (tokens.get(0).length > FIRST_OF_LONG) {
      int[] shortened = Arrays.copyOf(tokens.get(0), FIRST_OF_LONG);
      shortened[FIRST_OF_LONG - 1] = tokenizer.last();
      tokens.set(0, shortened);
    }
    int used = tokens.get(0).length;
    int from = tokens.size();
    while (from > 1 && used + tokens.get(from - 1).length <= longest) {
      from--;
      used += tokens.get(from).length;
    }
    List<Integer> read = new ArrayList<>(List.of(0));
    IntStream.range(from, tokens.size()).forEach(read::add);
    return read;
  }
}
