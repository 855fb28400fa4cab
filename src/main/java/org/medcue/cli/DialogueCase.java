package org.medcue.cli;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.Speaker;
import org.medcue.clinical.Utterance;
import org.medcue.knowledge.DialogueDrug;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.ddn.Ddn;
import org.medcue.training.dialogue.DecisionRule;
import org.medcue.training.dialogue.LabelledDialogue;
import org.medcue.training.dialogue.Protocol;

/** One dialogue with what DDN makes of it, as the DDN paper's case study shows it. */
final class DialogueCase {

  private static final int DRUGS = 8;
  private static final int FACTS = 12;

  private DialogueCase() {}

  /** Under the clinical protocol. */
  static String of(
      LabelledDialogue labelled, Ddn ddn, DialogueKnowledge knowledge, DecisionRule rule) {
    Dialogue dialogue = Protocol.CLINICAL.read(labelled.dialogue());
    int disease = labelled.disease().index();
    float[] probabilities = ddn.probabilities(dialogue, disease);
    List<Integer> ranked =
        IntStream.range(0, probabilities.length)
            .boxed()
            .sorted(Comparator.comparing((Integer drug) -> -probabilities[drug]))
            .limit(DRUGS)
            .toList();
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%s, %s (%s)%n",
            labelled.id(), labelled.disease().label(), labelled.disease().english()));
    text.append(
        String.format(
            "Recommended: %s%n",
            labelled.drugs().stream().map(DialogueCase::name).collect(joining(", "))));
    text.append(String.format("Predicted, from %.2f on suggested:%n", rule.threshold()));
    for (int drug : ranked) {
      DialogueDrug named = knowledge.drugs().drugs().get(drug);
      text.append(
          String.format(
              Locale.ROOT,
              "  %.2f %s%s%n",
              probabilities[drug],
              name(named),
              labelled.drugs().contains(named) ? "  <- recommended" : ""));
    }
    said(text, dialogue, ddn.utteranceWeights(dialogue, disease), ranked.get(0));
    facts(text, labelled, knowledge);
    return text.toString();
  }

  private static void said(StringBuilder text, Dialogue dialogue, float[][] weights, int drug) {
    text.append(String.format("Said, and how much its wording speaks for the first of them:%n"));
    for (int i = 0; i < weights.length; i++) {
      Utterance utterance = dialogue.utterances().get(i);
      text.append(
          String.format(
              Locale.ROOT,
              "  %+.2f %s: %s%n",
              weights[i][drug],
              utterance.speaker() == Speaker.PATIENT ? "patient" : "doctor",
              utterance.text()));
    }
  }

  private static void facts(
      StringBuilder text, LabelledDialogue labelled, DialogueKnowledge knowledge) {
    var graph = knowledge.graph();
    var around = graph.around(labelled.disease().index(), 1).triples();
    text.append(String.format("Known of the disease (%d facts):%n", around.size()));
    around.stream()
        .limit(FACTS)
        .forEach(
            fact ->
                text.append(
                    String.format(
                        "  %s – %s – %s%n",
                        graph.entities().get(fact.head()).name(),
                        graph.relations().get(fact.relation()).name(),
                        graph.entities().get(fact.tail()).name())));
  }

  private static String name(DialogueDrug drug) {
    return drug.label() + " (" + drug.english() + ")";
  }
}
