package org.medcue.model.baseline.dialogue;

import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.Speaker;
import org.medcue.clinical.Utterance;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.ddn.CharacterNgrams;
import org.medcue.model.ddn.DdnModel;

/**
 * What the encoder and the wording tell of a dialogue: the encoder's vectors of all that the
 * patient said, of all that the doctor said and of the last utterance, runs of characters of the
 * whole, and the disease. Vectors are centred, and the vectors together, the runs and the disease
 * have a mean square length of one each about their means, so that none drowns the others.
 */
final class EncoderFeatures {

  /** Stands for what was not said. */
  private static final String NOTHING = "无";

  private static final int VECTORS = 3;

  /** Dialogues that must have a run of characters. */
  private static final int FEWEST = 2;

  private final DialogueKnowledge knowledge;
  private final TextVectors encoder;
  private final CharacterNgrams runs;
  private final double runScale;
  private final double[][] means = new double[VECTORS][];
  private final double[] scales = new double[VECTORS];

  /** Learns runs, means and lengths of some dialogues. */
  EncoderFeatures(DialogueKnowledge knowledge, TextVectors encoder, List<Dialogue> dialogues) {
    this.knowledge = knowledge;
    this.encoder = encoder;
    runs = new CharacterNgrams(dialogues.stream().map(EncoderFeatures::whole).toList(), FEWEST);
    runScale = runScale(dialogues);
    for (int i = 0; i < VECTORS; i++) {
      centre(i, dialogues);
    }
  }

  /** One over the root of the mean square distance of runs, whose length is 1, from their mean. */
  private double runScale(List<Dialogue> dialogues) {
    double[] mean = new double[runs.size()];
    for (Dialogue dialogue : dialogues) {
      runs.vector(whole(dialogue))
          .forEach((number, weight) -> mean[number] += weight / dialogues.size());
    }
    return 1 / Math.sqrt(Math.max(1e-6, 1 - squares(mean)));
  }

  private void centre(int which, List<Dialogue> dialogues) {
    List<float[]> vectors =
        dialogues.stream().map(dialogue -> encoder.sentence(texts(dialogue).get(which))).toList();
    double[] mean = new double[encoder.size()];
    for (float[] vector : vectors) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += vector[i] / vectors.size();
      }
    }
    means[which] = mean;
    // Vectors have length 1; the three share one kernel's weight
    scales[which] = 1 / Math.sqrt(VECTORS * Math.max(1e-6, 1 - squares(mean)));
  }

  private static double squares(double[] values) {
    double squares = 0;
    for (double value : values) {
      squares += value * value;
    }
    return squares;
  }

  private static List<String> texts(Dialogue dialogue) {
    List<Utterance> said = dialogue.utterances();
    return Stream.of(
            joined(dialogue, utterance -> utterance.speaker() == Speaker.PATIENT),
            joined(dialogue, utterance -> utterance.speaker() == Speaker.DOCTOR),
            said.isEmpty() ? "" : said.get(said.size() - 1).text())
        .map(text -> text.isBlank() ? NOTHING : text)
        .toList();
  }

  private static String whole(Dialogue dialogue) {
    return joined(dialogue, utterance -> true);
  }

  private static String joined(Dialogue dialogue, Predicate<Utterance> which) {
    return dialogue.utterances().stream()
        .filter(which)
        .map(Utterance::text)
        .collect(Collectors.joining("\n"));
  }

  /** The number of features. */
  int size() {
    return runs.size() + VECTORS * encoder.size() + knowledge.diseases().diseases().size();
  }

  /** The features of a dialogue by number, from 0, in order. */
  TreeMap<Integer, Double> of(DdnModel.Asked asked) {
    TreeMap<Integer, Double> features = new TreeMap<>();
    runs.vector(whole(asked.dialogue()))
        .forEach((number, weight) -> features.put(number, runScale * weight));
    int offset = runs.size();
    List<String> texts = texts(asked.dialogue());
    for (int which = 0; which < VECTORS; which++) {
      float[] vector = encoder.sentence(texts.get(which));
      for (int i = 0; i < vector.length; i++) {
        features.put(offset + i, scales[which] * (vector[i] - means[which][i]));
      }
      offset += vector.length;
    }
    features.put(offset + asked.disease(), 1.0);
    return features;
  }
}
