package org.medcue.model.ddn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.Speaker;
import org.medcue.clinical.Utterance;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.knowledge.DrugMention;
import org.medcue.model.ModelException;

/**
 * What a dialogue's wording says without an encoder: runs of characters of the whole, of what
 * either said and of the last utterance, the disease, and the drugs that either names. Where marks
 * stand for drugs, as under the DDN paper's protocol only, also what is right before and behind
 * them: dose and time of day are there.
 */
final class WordingFeatures {

  /** The runs of each view, as JSON. */
  record Known(Map<View, CharacterNgrams.Known> views) {

    Known {
      // In one order, or a version's file would differ from run to run
      views = Collections.unmodifiableMap(new EnumMap<>(views));
    }
  }

  /** A view of a dialogue with how much its vector weighs, as a share of a kernel. */
  enum View {
    WHOLE(0.5),
    PATIENT(1 / 6.0),
    DOCTOR(1 / 6.0),
    LAST(1 / 6.0),
    BEFORE_MARKS(0.6),
    BEHIND_MARKS(0.6);

    private final double scale;

    View(double share) {
      this.scale = Math.sqrt(share);
    }
  }

  private static final double MENTIONED = Math.sqrt(0.3);

  private static final String MARK = "[MASK]";

  /** Characters before and behind a mark that are read as its surroundings. */
  private static final int BEFORE = 12;

  private static final int BEHIND = 16;

  /** Dialogues that must have a run. */
  private static final int FEWEST = 2;

  /** Readings that must have a run where each dialogue is read twice, once with its marks. */
  private static final int FEWEST_OF_TWO_READINGS = 5;

  private final DialogueKnowledge knowledge;
  private final Map<View, CharacterNgrams> runs = new EnumMap<>(View.class);
  private final boolean wholeAlone;

  /**
   * Learns the runs of some dialogues.
   *
   * @param wholeAlone whether the wording of the whole dialogue and the disease are all: the
   *     baseline of the paper
   */
  WordingFeatures(DialogueKnowledge knowledge, List<Dialogue> dialogues, boolean wholeAlone) {
    this.knowledge = knowledge;
    this.wholeAlone = wholeAlone;
    int fewest = wholeAlone ? FEWEST : FEWEST_OF_TWO_READINGS;
    for (View view : views()) {
      List<String> texts = dialogues.stream().map(d -> text(d, view)).toList();
      runs.put(view, new CharacterNgrams(texts, fewest));
    }
  }

  private WordingFeatures(DialogueKnowledge knowledge, Map<View, CharacterNgrams> runs) {
    this.knowledge = knowledge;
    this.wholeAlone = false;
    this.runs.putAll(runs);
  }

  /**
   * The features of a version.
   *
   * @throws ModelException if a view is missing
   */
  static WordingFeatures of(DialogueKnowledge knowledge, Known known) {
    Map<View, CharacterNgrams> runs = new EnumMap<>(View.class);
    for (View view : View.values()) {
      CharacterNgrams.Known ofView = known.views.get(view);
      if (ofView == null) {
        throw new ModelException("the wording of a version lacks the view " + view);
      }
      runs.put(view, new CharacterNgrams(ofView));
    }
    return new WordingFeatures(knowledge, runs);
  }

  /** What a version's folder keeps of them. */
  Known known() {
    Map<View, CharacterNgrams.Known> views = new EnumMap<>(View.class);
    runs.forEach((view, known) -> views.put(view, known.known()));
    return new Known(views);
  }

  private List<View> views() {
    return wholeAlone ? List.of(View.WHOLE) : List.of(View.values());
  }

  private static String text(Dialogue dialogue, View view) {
    List<Utterance> said = dialogue.utterances();
    return switch (view) {
      case WHOLE -> joined(dialogue, utterance -> true);
      case PATIENT -> joined(dialogue, utterance -> utterance.speaker() == Speaker.PATIENT);
      case DOCTOR -> joined(dialogue, utterance -> utterance.speaker() == Speaker.DOCTOR);
      case LAST -> said.isEmpty() ? "" : said.get(said.size() - 1).text();
      case BEFORE_MARKS ->
          aroundMarks(said, (text, at) -> text.substring(Math.max(0, at - BEFORE), at));
      case BEHIND_MARKS ->
          aroundMarks(
              said,
              (text, at) -> {
                int from = at + MARK.length();
                return text.substring(from, Math.min(text.length(), from + BEHIND));
              });
    };
  }

  private static String aroundMarks(
      List<Utterance> said, BiFunction<String, Integer, String> part) {
    List<String> parts = new ArrayList<>();
    for (Utterance utterance : said) {
      String text = utterance.text();
      for (int at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, at + 1)) {
        parts.add(part.apply(text, at));
      }
    }
    return String.join("\n", parts);
  }

  private static String joined(Dialogue dialogue, Predicate<Utterance> which) {
    return dialogue.utterances().stream()
        .filter(which)
        .map(Utterance::text)
        .collect(Collectors.joining("\n"));
  }

  /** The number of features. */
  int size() {
    int all = runs.values().stream().mapToInt(CharacterNgrams::size).sum();
    int drugs = knowledge.drugs().drugs().size();
    return all + knowledge.diseases().diseases().size() + (wholeAlone ? 0 : 2 * drugs);
  }

  /** The features of a dialogue by number, from 0, in order. */
  TreeMap<Integer, Double> of(DdnModel.Asked asked) {
    TreeMap<Integer, Double> features = new TreeMap<>();
    int offset = 0;
    for (View view : views()) {
      CharacterNgrams known = runs.get(view);
      if (known == null) {
        throw new IllegalStateException("no runs of " + view);
      }
      double scale = wholeAlone ? 1 : view.scale;
      int start = offset;
      known
          .vector(text(asked.dialogue(), view))
          .forEach((number, weight) -> features.put(start + number, scale * weight));
      offset += known.size();
    }
    features.put(offset + asked.disease(), 1.0);
    if (!wholeAlone) {
      mentions(asked.dialogue(), offset + knowledge.diseases().diseases().size(), features);
    }
    return features;
  }

  private void mentions(Dialogue dialogue, int offset, TreeMap<Integer, Double> features) {
    int drugs = knowledge.drugs().drugs().size();
    for (Utterance utterance : dialogue.utterances()) {
      int from = offset + (utterance.speaker() == Speaker.PATIENT ? 0 : drugs);
      for (DrugMention mention : knowledge.drugs().find(utterance.text())) {
        features.put(from + mention.drug().index(), MENTIONED);
      }
    }
  }
}
