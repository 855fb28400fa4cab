package org.medcue.training.dialogue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.Speaker;
import org.medcue.clinical.Utterance;
import org.medcue.knowledge.DialogueDisease;
import org.medcue.knowledge.DialogueDrug;
import org.medcue.knowledge.DialogueKnowledge;

/** Dialogues of our own, and the bundled knowledge. */
final class Talk {

  static final DialogueKnowledge KNOWLEDGE =
      DialogueKnowledge.load(Path.of("model-registry"), DialogueKnowledge.bundled());

  private Talk() {}

  /** Utterances that begin with P or D, for patient or doctor. */
  static Dialogue dialogue(String... utterances) {
    return new Dialogue(
        Arrays.stream(utterances)
            .map(
                text ->
                    new Utterance(
                        text.charAt(0) == 'P' ? Speaker.PATIENT : Speaker.DOCTOR,
                        text.substring(1)))
            .toList());
  }

  static DialogueDrug drug(String label) {
    return KNOWLEDGE.drugs().ofLabel(label).orElseThrow();
  }

  static DialogueDisease disease(String label) {
    return KNOWLEDGE.diseases().ofLabel(label).orElseThrow();
  }

  static LabelledDialogue labelled(String id, Dialogue dialogue, String disease, String... drugs) {
    List<DialogueDrug> known = Arrays.stream(drugs).map(Talk::drug).toList();
    return new LabelledDialogue(id, dialogue, disease(disease), known, Set.of());
  }

  /** A dialogue of gastritis in which drugs with these indices are recommended. */
  static LabelledDialogue withDrugs(String id, int... drugs) {
    List<DialogueDrug> known =
        Arrays.stream(drugs).mapToObj(KNOWLEDGE.drugs().drugs()::get).toList();
    return new LabelledDialogue(id, dialogue("P胃痛", "D吃[MASK]"), disease("胃炎"), known, Set.of());
  }

  /** Probabilities of the first drugs; that of all others is 0. */
  static float[] probabilities(double... first) {
    float[] all = new float[KNOWLEDGE.drugs().drugs().size()];
    for (int i = 0; i < first.length; i++) {
      all[i] = (float) first[i];
    }
    return all;
  }
}
