package org.medcue.model.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.medcue.clinical.DialogueEvidence;
import org.medcue.clinical.DiseaseRead;
import org.medcue.clinical.DrugPrediction;
import org.medcue.clinical.Omission;
import org.medcue.clinical.PatientEvidence;
import org.medcue.clinical.ScoredDrug;
import org.medcue.clinical.Visit;
import org.medcue.clinical.VisitEvidence;
import org.medcue.clinical.VisitSequence;

/**
 * What one prediction is to a {@link TrainingProfile}: the same in training and in service, or the
 * two could not be compared. It holds codes of a patient, so it is to be counted and not kept.
 *
 * @param codes of visits, the diagnoses and symptoms of the present one; of a dialogue, the label
 *     of the disease that it was read as
 * @param drugs that a card shows with the service's defaults; {@link #NONE} where there is none
 * @param length of a dialogue, as a bin of its utterances; empty for visits
 * @param unknown how many of the codes read the model knows neither itself nor by an ancestor
 * @param read how many codes the model was given, of all visits; of a dialogue whether a disease
 *     was stated
 */
public record Observation(
    List<String> codes, List<String> drugs, Optional<String> length, long unknown, long read) {

  /** In the place of a drug: nothing was probable enough to be shown. */
  public static final String NONE = "none";

  /**
   * The service's default floor of a drug that is shown, {@code
   * medcue.suggestions.confidence-floor}. Stated again, since models know nothing of the service:
   * whoever changes a default there changes it here too.
   */
  public static final double FLOOR = 0.1;

  /** The service's default of the most drugs that are shown, {@code medcue.suggestions.limit}. */
  public static final int MOST = 5;

  private static final int[] LENGTHS = {5, 10, 15, 20, 30, 50};

  public Observation {
    codes = List.copyOf(codes);
    drugs = List.copyOf(drugs);
  }

  /** Of a call. */
  public static Observation of(PatientEvidence evidence, DrugPrediction prediction) {
    List<String> drugs = shown(prediction.ranked());
    if (evidence instanceof DialogueEvidence talk) {
      return ofDialogue(talk, prediction, drugs);
    }
    VisitSequence visits = ((VisitEvidence) evidence).visits();
    long unknown =
        prediction.omissions().stream()
            .filter(omission -> omission.kind() == Omission.Kind.UNKNOWN_CODE)
            .mapToLong(Omission::count)
            .sum();
    return new Observation(
        codesOf(visits.present()), drugs, Optional.empty(), unknown, occurrences(visits));
  }

  private static Observation ofDialogue(
      DialogueEvidence talk, DrugPrediction prediction, List<String> drugs) {
    Optional<DiseaseRead.Basis> basis = prediction.disease().map(DiseaseRead::basis);
    return new Observation(
        prediction.disease().map(DiseaseRead::label).stream().toList(),
        drugs,
        Optional.of(lengthOf(talk.dialogue().utterances().size())),
        basis.filter(DiseaseRead.Basis.UNKNOWN::equals).isPresent() ? 1 : 0,
        basis.filter(stated -> stated != DiseaseRead.Basis.NONE).isPresent() ? 1 : 0);
  }

  /** The codes that count of a visit. */
  public static List<String> codesOf(Visit present) {
    List<String> codes = new ArrayList<>();
    present.diagnoses().keySet().forEach(diagnosis -> codes.add(diagnosis.value()));
    present.symptoms().keySet().forEach(symptom -> codes.add(symptom.code()));
    return codes;
  }

  /**
   * The drugs that count of a ranking.
   *
   * @param ranked most probable first
   */
  public static List<String> shown(List<ScoredDrug> ranked) {
    List<String> drugs =
        ranked.stream()
            .limit(MOST)
            .filter(scored -> scored.probability() >= FLOOR)
            .map(scored -> scored.drug().value())
            .toList();
    return drugs.isEmpty() ? List.of(NONE) : drugs;
  }

  /** The bin of a dialogue's length, such as {@code 6-10}. */
  public static String lengthOf(int utterances) {
    int from = 0;
    for (int to : LENGTHS) {
      if (utterances <= to) {
        return from + "-" + to;
      }
      from = to + 1;
    }
    return from + "+";
  }

  private static long occurrences(VisitSequence visits) {
    return Stream.concat(visits.history().stream(), Stream.of(visits.present()))
        .mapToLong(v -> v.diagnoses().size() + v.symptoms().size() + v.drugs().size())
        .sum();
  }
}
