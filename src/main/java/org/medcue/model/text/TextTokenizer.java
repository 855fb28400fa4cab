package org.medcue.model.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Text to token numbers of an encoder's vocabulary, without special tokens. Thread-safe. */
public final class TextTokenizer implements AutoCloseable {

  private static final String FIRST = "[CLS]";
  private static final String LAST = "[SEP]";
  private static final String MASK = "[MASK]";

  private final HuggingFaceTokenizer tokenizer;
  private final int first;
  private final int last;
  private final int mask;

  private TextTokenizer(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
    this.first = single(FIRST);
    this.last = single(LAST);
    this.mask = single(MASK);
  }

  static TextTokenizer read(InputStream in) throws IOException {
    return new TextTokenizer(
        HuggingFaceTokenizer.newInstance(
            in, Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false")));
  }

  /** The numbers of a text's tokens. */
  public int[] encode(String text) {
    Encoding encoding = tokenizer.encode(text, false, false);
    long[] ids = encoding.getIds();
    int[] numbers = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      numbers[i] = (int) ids[i];
    }
    return numbers;
  }

  private int single(String token) {
    return encode(token)[0];
  }

  /** What begins a sequence: [CLS]. */
  public int first() {
    return first;
  }

  /** What ends a sequence: [SEP]. */
  public int last() {
    return last;
  }

  /** What stands for a hidden token: [MASK]. */
  public int mask() {
    return mask;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
