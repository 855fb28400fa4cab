package org.medcue.training.dialogue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.medcue.clinical.DrugLabel;
import org.medcue.clinical.ScoredDrug;
import org.medcue.knowledge.DialogueDrug;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.profile.Observation;
import org.medcue.model.profile.ProfileCounts;
import org.medcue.model.profile.TrainingProfile;
import org.medcue.training.evaluation.Ranking;

/**
 * Counts what a version sees and says of the dialogues in cross-validation, so that what it says of
 * each is said by a system that was not fitted on it.
 */
final class DialogueProfile {

  /** Corpora name their diseases in the words of the knowledge, or mean "other". */
  private static final double UNKNOWN = 0;

  private final List<DialogueDrug> drugs;

  DialogueProfile(DialogueKnowledge knowledge) {
    this.drugs = knowledge.drugs().drugs();
  }

  /**
   * The profile of a version.
   *
   * @param folds calibrated as the version is
   */
  TrainingProfile of(SystemFolds folds) {
    Map<String, String> lengths = new HashMap<>();
    folds.folds().stream()
        .flatMap(fold -> fold.scored().stream())
        .forEach(dialogue -> lengths.put(dialogue.id(), lengthOf(dialogue)));
    ProfileCounts counts = new ProfileCounts();
    for (ScoredDialogue dialogue : folds.all(Protocol.CLINICAL)) {
      counts.add(
          dialogue.id(),
          new Observation(
              List.of(dialogue.disease().label()),
              shown(dialogue.probabilities()),
              Optional.ofNullable(lengths.get(dialogue.id())),
              0,
              1));
    }
    return counts.profile(UNKNOWN);
  }

  private static String lengthOf(LabelledDialogue dialogue) {
    int read = Protocol.CLINICAL.read(dialogue.dialogue()).utterances().size();
    return Observation.lengthOf(read);
  }

  private List<String> shown(float[] probabilities) {
    return Observation.shown(
        IntStream.of(Ranking.of(probabilities))
            .limit(Observation.MOST)
            .mapToObj(
                drug -> new ScoredDrug(new DrugLabel(drugs.get(drug).label()), probabilities[drug]))
            .toList());
  }
}
