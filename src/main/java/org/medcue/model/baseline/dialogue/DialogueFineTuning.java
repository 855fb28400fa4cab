package org.medcue.model.baseline.dialogue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.medcue.model.ddn.DrugFineTuning;
import org.medcue.model.learning.Pace;

/** Training of a network over vectors: all its weights, since there is nothing pre-trained. */
public final class DialogueFineTuning extends DrugFineTuning {

  /** The table that begins at zero moves most, as with DDN. */
  private static final Pace PACE = new Pace(Map.of("diseaseBias", 10.0), 1);

  /**
   * A dialogue and its drugs.
   *
   * @param dialogue what the model reads
   * @param disease its number
   * @param drugs numbers of the drugs that the doctor recommended
   */
  public record Example(DialogueVectors dialogue, int disease, List<Integer> drugs) {

    public Example {
      drugs = List.copyOf(drugs);
    }
  }

  private final DialogueBaselineModel model;
  private final List<VectorBatch.Case> cases;

  public DialogueFineTuning(
      DialogueBaselineModel model, List<Example> examples, Schedule schedule) {
    super(
        model,
        examples.stream().map(Example::drugs).toList(),
        model.knowledge().drugs().drugs().size(),
        schedule,
        PACE);
    this.model = model;
    this.cases =
        examples.stream()
            .map(example -> new VectorBatch.Case(example.dialogue, example.disease))
            .toList();
  }

  @Override
  protected int length(int example) {
    return cases.get(example).dialogue().runs();
  }

  @Override
  protected NDArray logits(List<Integer> batch, NDManager arrays) {
    VectorBatch dialogues = new VectorBatch(batch.stream().map(cases::get).toList());
    return model.network().logits(store(), arrays, dialogues, true);
  }
}
