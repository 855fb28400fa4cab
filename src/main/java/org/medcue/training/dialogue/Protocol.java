package org.medcue.training.dialogue;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.Utterance;

/**
 * What of a labelled dialogue a model may read. The marks of the corpus give away how many drugs
 * were prescribed, and in practice there are none. So results name their protocol, and of the two
 * the clinical one counts.
 */
public enum Protocol {

  /**
   * Nothing from the first mark on: the rest of its utterance and all later ones are left out. Of
   * the utterance with the mark its beginning is read, which in practice may not be written yet.
   */
  @JsonProperty("clinical")
  CLINICAL {
    @Override
    public Dialogue read(Dialogue marked) {
      List<Utterance> before = new ArrayList<>();
      for (Utterance utterance : marked.utterances()) {
        OptionalInt mark = Marks.first(utterance.text());
        if (mark.isEmpty()) {
          before.add(utterance);
          continue;
        }
        String text = utterance.text().substring(0, mark.getAsInt());
        if (!text.isBlank()) {
          before.add(new Utterance(utterance.speaker(), text));
        }
        break;
      }
      return new Dialogue(before);
    }

    @Override
    public float[] judged(Dialogue marked, float[] probabilities) {
      return probabilities;
    }
  },

  /** Everything, as in the DDN paper; every mark is written {@code [MASK]}. */
  @JsonProperty("paper")
  PAPER {
    @Override
    public Dialogue read(Dialogue marked) {
      return new Dialogue(
          marked.utterances().stream()
              .map(said -> new Utterance(said.speaker(), Marks.normalised(said.text())))
              .toList());
    }

    @Override
    public float[] judged(Dialogue marked, float[] probabilities) {
      return MarkCount.applied(probabilities, Marks.count(marked));
    }
  };

  /**
   * What may be read.
   *
   * @param marked a dialogue in which marks stand for the recommended drugs
   * @return empty under the clinical protocol if nothing was said before the first mark
   */
  public abstract Dialogue read(Dialogue marked);

  /**
   * What a system's probabilities become before a threshold is applied: under the paper's protocol
   * those given that as many drugs were recommended as there are marks, whatever the system.
   */
  public abstract float[] judged(Dialogue marked, float[] probabilities);

  /** The name in options and reports. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
