package org.medcue.training.dialogue;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.medcue.clinical.Utterance;
import org.medcue.knowledge.DialogueDisease;
import org.medcue.knowledge.DialogueDrug;
import org.medcue.training.TrainingException;

/**
 * How far two annotations of the same dialogues agree (DDN paper, section 3.1).
 *
 * @param dialogues annotated twice
 * @param drugs whether a drug is recommended, each drug that either names in each dialogue a
 *     decision
 * @param disease which disease it is
 * @param byDisease whether it is this disease, by its label
 * @param otherDrugs the first file's dialogues of which the second names other drugs
 * @param otherDisease the first file's dialogues of which the second names another disease
 */
public record Agreement(
    int dialogues,
    Kappa drugs,
    Kappa disease,
    Map<String, Kappa> byDisease,
    List<String> otherDrugs,
    List<String> otherDisease) {

  public Agreement {
    otherDrugs = List.copyOf(otherDrugs);
    otherDisease = List.copyOf(otherDisease);
  }

  /**
   * Compares two annotations.
   *
   * @param first a file's dialogues
   * @param second the same dialogues of the other annotator, in the same order; marks may differ
   * @throws TrainingException if the dialogues are not the same
   */
  public static Agreement between(List<LabelledDialogue> first, List<LabelledDialogue> second) {
    requireSame(first, second);
    Kappa.Counter<String> diseases = new Kappa.Counter<>();
    for (int i = 0; i < first.size(); i++) {
      diseases.add(first.get(i).disease().label(), second.get(i).disease().label());
    }
    Map<String, Kappa> byDisease = new TreeMap<>();
    diseases.chosen().forEach(label -> byDisease.put(label, of(label, first, second)));
    return new Agreement(
        first.size(),
        drugs(first, second),
        diseases.kappa(),
        byDisease,
        differing(first, second, Agreement::drugs),
        differing(first, second, LabelledDialogue::disease));
  }

  private static List<String> differing(
      List<LabelledDialogue> first,
      List<LabelledDialogue> second,
      Function<LabelledDialogue, Object> said) {
    return IntStream.range(0, first.size())
        .filter(i -> !said.apply(first.get(i)).equals(said.apply(second.get(i))))
        .mapToObj(i -> first.get(i).id())
        .toList();
  }

  private static Kappa of(
      String disease, List<LabelledDialogue> first, List<LabelledDialogue> second) {
    Kappa.Counter<Boolean> decisions = new Kappa.Counter<>();
    for (int i = 0; i < first.size(); i++) {
      decisions.add(isOf(first.get(i), disease), isOf(second.get(i), disease));
    }
    return decisions.kappa();
  }

  private static boolean isOf(LabelledDialogue dialogue, String label) {
    DialogueDisease disease = dialogue.disease();
    return disease.label().equals(label);
  }

  private static Kappa drugs(List<LabelledDialogue> first, List<LabelledDialogue> second) {
    Set<String> all =
        Stream.of(first, second)
            .flatMap(Collection::stream)
            .flatMap(dialogue -> drugs(dialogue).stream())
            .collect(Collectors.toSet());
    Kappa.Counter<Boolean> decisions = new Kappa.Counter<>();
    for (int i = 0; i < first.size(); i++) {
      Set<String> one = drugs(first.get(i));
      Set<String> other = drugs(second.get(i));
      all.forEach(drug -> decisions.add(one.contains(drug), other.contains(drug)));
    }
    return decisions.kappa();
  }

  private static Set<String> drugs(LabelledDialogue dialogue) {
    return Stream.concat(
            dialogue.drugs().stream().map(DialogueDrug::label), dialogue.otherDrugs().stream())
        .collect(Collectors.toSet());
  }

  private static void requireSame(List<LabelledDialogue> first, List<LabelledDialogue> second) {
    if (first.size() != second.size()) {
      throw new TrainingException(
          "the files hold "
              + first.size()
              + " and "
              + second.size()
              + " dialogues: give two annotations of the same dialogues, in the same order");
    }
    for (int i = 0; i < first.size(); i++) {
      if (!beginAlike(first.get(i), second.get(i))) {
        throw new TrainingException(
            first.get(i).id()
                + " and "
                + second.get(i).id()
                + " are not the same dialogue: give two annotations of the same dialogues, in the"
                + " same order");
      }
    }
  }

  /** What both leave unmarked of the first utterance tells dialogues apart well enough. */
  private static boolean beginAlike(LabelledDialogue first, LabelledDialogue second) {
    Utterance one = first.dialogue().utterances().get(0);
    Utterance other = second.dialogue().utterances().get(0);
    String text = unmarked(one.text());
    String otherText = unmarked(other.text());
    return one.speaker() == other.speaker()
        && (text.startsWith(otherText) || otherText.startsWith(text));
  }

  private static String unmarked(String text) {
    return text.substring(0, Marks.first(text).orElse(text.length()));
  }
}
