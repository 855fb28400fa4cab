package org.medcue.model.versions;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.medcue.clinical.PatientEvidence;
import org.medcue.clinical.VisitEvidence;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.ddn.MadeUpDialogues;
import org.medcue.model.visits.SyntheticPatients;
import org.medcue.model.visits.Vocabulary;

/** Draws the inputs of {@link GoldenExamples}, the same for the same vocabulary or knowledge. */
public final class ExampleInputs {

  private static final long SEED = 20221219;

  private static final int[] EARLIER_VISITS = {0, 1, 1, 2, 3, 4, 6, 8};
  private static final int[] UTTERANCES = {1, 2, 3, 5, 8, 11, 16, 24};

  private ExampleInputs() {}

  /** Patients made up of a version's own codes. */
  public static List<PatientEvidence> visits(Vocabulary vocabulary) {
    SyntheticPatients patients = new SyntheticPatients(vocabulary, SEED);
    return IntStream.of(EARLIER_VISITS)
        .<PatientEvidence>mapToObj(
            visits ->
                new VisitEvidence(patients.next(visits), Set.of(), List.of(), Map.of(), List.of()))
        .toList();
  }

  /** Dialogues made up of the words of the knowledge. */
  public static List<PatientEvidence> dialogues(DialogueKnowledge knowledge) {
    MadeUpDialogues dialogues = new MadeUpDialogues(knowledge, SEED);
    return IntStream.of(UTTERANCES).<PatientEvidence>mapToObj(dialogues::next).toList();
  }
}
