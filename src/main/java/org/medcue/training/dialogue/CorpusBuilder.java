package org.medcue.training.dialogue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.Speaker;
import org.medcue.clinical.Utterance;
import org.medcue.knowledge.DialogueDisease;
import org.medcue.knowledge.DialogueDrug;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.knowledge.DrugLexicon;
import org.medcue.knowledge.DrugMention;

/**
 * Makes training examples of raw dialogues (DDN paper, appendix A.2) without annotators.
 *
 * <p>The recommendation is what the doctor says from the first utterance on that recommends a known
 * drug ({@link Recommendation}), until the patient speaks: doctors send one recommendation in
 * several messages, and what they add after an answer rests on that answer. The dialogue is cut
 * behind it. From the first recommended name on, every mention of a recommended drug becomes a
 * mark, also a mention that advises against it; what was said before, by whomever, stays.
 */
public final class CorpusBuilder {

  private final DialogueKnowledge knowledge;
  private final StatedDisease stated;

  /** Why a dialogue is left out. */
  public enum LeftOut {
    /** It holds marks: where drugs stood, nobody can tell any more. */
    MARKED,
    /** The doctor names no drug that is known. */
    NO_DRUG_NAMED,
    /** The doctor names known drugs, but only asks about them or advises against them. */
    NONE_RECOMMENDED
  }

  /**
   * What became of the raw dialogues.
   *
   * @param dialogues examples, in the order of the raw dialogues
   * @param leftOut how many were left out, by the reason; without reasons that did not occur
   */
  public record Corpus(List<LabelledDialogue> dialogues, Map<LeftOut, Integer> leftOut) {

    public Corpus {
      dialogues = List.copyOf(dialogues);
      leftOut = Map.copyOf(leftOut);
    }

    /** How many were left out for a reason. */
    public int leftOut(LeftOut why) {
      return leftOut.getOrDefault(why, 0);
    }
  }

  public CorpusBuilder(DialogueKnowledge knowledge) {
    this.knowledge = knowledge;
    this.stated = new StatedDisease(knowledge.diseases());
  }

  /** Makes an example of each dialogue in which a known drug is recommended. */
  public Corpus build(List<RawDialogue> raw) {
    List<LabelledDialogue> dialogues = new ArrayList<>();
    Map<LeftOut, Integer> leftOut = new EnumMap<>(LeftOut.class);
    for (RawDialogue one : raw) {
      Optional<LabelledDialogue> example = isMarked(one) ? Optional.empty() : example(one);
      example.ifPresentOrElse(dialogues::add, () -> leftOut.merge(why(one), 1, Integer::sum));
    }
    return new Corpus(dialogues, leftOut);
  }

  private LeftOut why(RawDialogue raw) {
    if (isMarked(raw)) {
      return LeftOut.MARKED;
    }
    boolean named =
        raw.dialogue().utterances().stream()
            .filter(said -> said.speaker() == Speaker.DOCTOR)
            .anyMatch(said -> !knowledge.drugs().find(said.text()).isEmpty());
    return named ? LeftOut.NONE_RECOMMENDED : LeftOut.NO_DRUG_NAMED;
  }

  private static boolean isMarked(RawDialogue raw) {
    return raw.dialogue().utterances().stream()
        .anyMatch(said -> Marks.first(said.text()).isPresent());
  }

  private Optional<LabelledDialogue> example(RawDialogue raw) {
    List<Utterance> said = raw.dialogue().utterances();
    int first = 0;
    while (first < said.size() && recommended(said.get(first)).isEmpty()) {
      first++;
    }
    Set<DialogueDrug> drugs = new HashSet<>();
    int end = first;
    for (int i = first; i < said.size() && said.get(i).speaker() == Speaker.DOCTOR; i++) {
      List<DrugMention> mentions = recommended(said.get(i));
      mentions.forEach(mention -> drugs.add(mention.drug()));
      end = mentions.isEmpty() ? end : i + 1;
    }
    if (drugs.isEmpty()) {
      return Optional.empty();
    }
    Dialogue masked = masked(said.subList(0, end), first, drugs);
    return Optional.of(
        new LabelledDialogue(raw.id(), masked, disease(raw, masked), List.copyOf(drugs), Set.of()));
  }

  private List<DrugMention> recommended(Utterance said) {
    return said.speaker() == Speaker.DOCTOR
        ? Recommendation.in(said.text(), knowledge.drugs())
        : List.of();
  }

  /** The recorded disease, else what was said of it where any protocol may read. */
  private DialogueDisease disease(RawDialogue raw, Dialogue masked) {
    return raw.diagnoses().isEmpty()
        ? stated.in(Protocol.CLINICAL.read(masked))
        : DialogueFile.disease(raw.diagnoses(), knowledge.diseases());
  }

  private Dialogue masked(List<Utterance> said, int first, Set<DialogueDrug> drugs) {
    List<Utterance> masked = new ArrayList<>(said.subList(0, first));
    for (int i = first; i < said.size(); i++) {
      int from = i == first ? recommended(said.get(i)).get(0).start() : 0;
      masked.add(new Utterance(said.get(i).speaker(), masked(said.get(i).text(), from, drugs)));
    }
    return new Dialogue(masked);
  }

  private String masked(String text, int from, Set<DialogueDrug> drugs) {
    DrugLexicon lexicon = knowledge.drugs();
    StringBuilder masked = new StringBuilder();
    int at = 0;
    for (DrugMention mention : lexicon.find(text)) {
      if (mention.start() >= from && drugs.contains(mention.drug())) {
        masked.append(text, at, mention.start()).append(Marks.MARK);
        at = mention.end();
      }
    }
    return masked.append(text.substring(at)).toString();
  }
}
