package org.medcue.model.ddn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.DialogueEvidence;
import org.medcue.clinical.Speaker;
import org.medcue.clinical.StatedDiagnosis;
import org.medcue.clinical.Utterance;
import org.medcue.knowledge.DialogueDisease;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.knowledge.DiseaseGraph;

/**
 * Dialogues put together of the words of the knowledge, the same for the same seed: nobody ever
 * said them.
 */
public final class MadeUpDialogues {

  private final List<String> complaints;
  private final List<String> drugs;
  private final List<DialogueDisease> diseases;
  private final Random random;

  public MadeUpDialogues(DialogueKnowledge knowledge, long seed) {
    diseases = knowledge.diseases().diseases();
    List<String> symptoms =
        knowledge.graph().entities().stream()
            .filter(entity -> entity.kind() == DiseaseGraph.Kind.SYMPTOM)
            .map(DiseaseGraph.Entity::name)
            .toList();
    complaints =
        symptoms.isEmpty() ? diseases.stream().map(DialogueDisease::label).toList() : symptoms;
    drugs =
        knowledge.drugs().drugs().stream().flatMap(drug -> drug.names().stream()).sorted().toList();
    random = new Random(seed);
  }

  /**
   * A dialogue, the patient first; every second one states a disease.
   *
   * @param utterances at least one
   */
  public DialogueEvidence next(int utterances) {
    List<Utterance> said = new ArrayList<>();
    for (int i = 0; i < utterances; i++) {
      boolean patient = i % 2 == 0;
      said.add(
          new Utterance(
              patient ? Speaker.PATIENT : Speaker.DOCTOR, patient ? complaint() : question()));
    }
    return new DialogueEvidence(
        new Dialogue(said),
        random.nextBoolean() ? List.of(diagnosis()) : List.of(),
        Set.of(),
        List.of(),
        Map.of(),
        List.of());
  }

  private StatedDiagnosis diagnosis() {
    return new StatedDiagnosis(
        StatedDiagnosis.Source.ORDER, List.of(), List.of(one(diseases).label()));
  }

  private String complaint() {
    return switch (random.nextInt(3)) {
      case 0 -> "我这两天" + one(complaints) + "，还有" + one(complaints) + "。";
      case 1 -> "吃了" + one(drugs) + "，还是" + one(complaints) + "。";
      default -> "会不会是" + one(diseases).label() + "？";
    };
  }

  private String question() {
    return switch (random.nextInt(3)) {
      case 0 -> "有没有" + one(complaints) + "？";
      case 1 -> "用过" + one(drugs) + "吗？";
      default -> "考虑" + one(diseases).label() + "，注意" + one(complaints) + "。";
    };
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
