package org.medcue.model.baseline.dialogue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.medcue.model.baseline.dialogue.DialogueVectors.Said;
import org.medcue.model.baseline.dialogue.Sequences.Step;

/**
 * Some dialogues as networks read them.
 *
 * @param cases at least one
 */
record VectorBatch(List<Case> cases) {

  /** A dialogue and the number of its disease. */
  record Case(DialogueVectors dialogue, int disease) {}

  VectorBatch {
    cases = List.copyOf(cases);
  }

  private Stream<List<Said>> dialogues() {
    return cases.stream().map(one -> one.dialogue.utterances());
  }

  /** Each dialogue as the sequence of its utterances. */
  Sequences utterances() {
    return new Sequences(
        dialogues()
            .map(all -> all.stream().map(said -> new Step(said.mean(), said.speaker())).toList())
            .toList());
  }

  /** Each dialogue as one sequence of runs of tokens. */
  Sequences runs() {
    return new Sequences(
        dialogues().map(all -> all.stream().flatMap(VectorBatch::steps).toList()).toList());
  }

  /** Each utterance of all dialogues as a sequence of runs of tokens. */
  Sequences runsOfUtterances() {
    return new Sequences(
        dialogues().flatMap(List::stream).map(said -> steps(said).toList()).toList());
  }

  private static Stream<Step> steps(Said said) {
    return said.runs().stream().map(run -> new Step(run, said.speaker()));
  }

  /**
   * Where the utterances of each dialogue stand among all (B, U), for B dialogues with at most U
   * utterances; 0 after the end.
   */
  NDArray places(NDManager manager) {
    int most = cases.stream().mapToInt(c -> c.dialogue.utterances().size()).max().orElseThrow();
    long[] places = new long[cases.size() * most];
    int place = 0;
    for (int row = 0; row < cases.size(); row++) {
      for (int i = 0; i < cases.get(row).dialogue.utterances().size(); i++) {
        places[row * most + i] = place++;
      }
    }
    return manager.create(places, new Shape(cases.size(), most));
  }

  /** The numbers of the diseases. */
  List<Integer> diseases() {
    return cases.stream().map(Case::disease).toList();
  }
}
