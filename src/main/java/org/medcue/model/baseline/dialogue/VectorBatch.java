package org.medcue.model.baseline.dialogue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  /** An utterance with the place of its dialogue, and its own there. */
  private record Placed(int row, int place, Said said) {}

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

  /**
   * All utterances of all dialogues as sequences of runs of tokens, the brief ones apart from the
   * long ones, since most are brief and would be padded to the longest.
   */
  List<Sequences> runsOfUtterances() {
    return byLength().stream()
        .map(
            alike ->
                new Sequences(alike.stream().map(placed -> steps(placed.said).toList()).toList()))
        .toList();
  }

  private List<List<Placed>> byLength() {
    Map<Integer, List<Placed>> byLength = new TreeMap<>();
    for (int row = 0; row < cases.size(); row++) {
      List<Said> said = cases.get(row).dialogue.utterances();
      for (int place = 0; place < said.size(); place++) {
        // Lengths from 2 to 3, 4 to 7, 8 to 15 and so on are alike
        int alike = Integer.numberOfLeadingZeros(said.get(place).runs().size());
        byLength
            .computeIfAbsent(-alike, none -> new ArrayList<>())
            .add(new Placed(row, place, said.get(place)));
      }
    }
    return List.copyOf(byLength.values());
  }

  private static Stream<Step> steps(Said said) {
    return said.runs().stream().map(run -> new Step(run, said.speaker()));
  }

  /**
   * Where the utterances of each dialogue stand among those of {@link #runsOfUtterances()} (B, U),
   * for B dialogues with at most U utterances; 0 after the end.
   */
  NDArray places(NDManager manager) {
    int most = cases.stream().mapToInt(c -> c.dialogue.utterances().size()).max().orElseThrow();
    long[] places = new long[cases.size() * most];
    int next = 0;
    for (List<Placed> alike : byLength()) {
      for (Placed placed : alike) {
        places[placed.row * most + placed.place] = next++;
      }
    }
    return manager.create(places, new Shape(cases.size(), most));
  }

  /** The numbers of the diseases. */
  List<Integer> diseases() {
    return cases.stream().map(Case::disease).toList();
  }
}
