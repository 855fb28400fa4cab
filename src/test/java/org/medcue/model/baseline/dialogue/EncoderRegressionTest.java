package org.medcue.model.baseline.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.Speaker;
import org.medcue.clinical.Utterance;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.ddn.DdnFineTuning;
import org.medcue.model.ddn.DdnModel;

class EncoderRegressionTest {

  private static final DialogueKnowledge KNOWLEDGE =
      DialogueKnowledge.load(Path.of("model-registry"), DialogueKnowledge.bundled());
  private static final int COUGH_DRUG = 3;
  private static final int SKIN_DRUG = 40;

  /** Vectors that know one word for itching from another, which no run of characters does. */
  private static final TextVectors SYNONYMS =
      new TextVectors() {
        @Override
        public int size() {
          return 2;
        }

        @Override
        public float[] sentence(String text) {
          return text.contains("痒") || text.contains("疹") ? new float[] {1, 0} : new float[] {0, 1};
        }
      };

  @Test
  void wordThatTrainingLackedIsUnderstoodByItsVector() {
    List<DdnFineTuning.Example> examples = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      examples.add(new DdnFineTuning.Example(asked("咳嗽" + i), List.of(COUGH_DRUG)));
      examples.add(new DdnFineTuning.Example(asked("很痒" + i), List.of(SKIN_DRUG)));
    }
    EncoderRegression regression = EncoderRegression.fit(KNOWLEDGE, SYNONYMS, examples, 0.2);

    float[] logits = regression.logits(asked("起疹"));

    assertThat(logits[SKIN_DRUG]).isGreaterThan(logits[COUGH_DRUG] + 1);
  }

  @Test
  void vectorsRunsAndDiseaseWeighAlike() {
    List<Dialogue> dialogues =
        List.of(dialogue("咳嗽有痰"), dialogue("咳嗽发烧"), dialogue("皮肤很痒"), dialogue("皮肤起疹"));
    EncoderFeatures features = new EncoderFeatures(KNOWLEDGE, SYNONYMS, dialogues);
    int diseases = KNOWLEDGE.diseases().diseases().size();
    int vectors = features.size() - diseases - 6;

    // What the patient said varies; what the doctor and the last one said does not, nor weighs
    assertThat(spread(features, dialogues, vectors, vectors + 2)).isCloseTo(1 / 3.0, within(1e-4));
    assertThat(spread(features, dialogues, vectors + 2, vectors + 6)).isCloseTo(0, within(1e-4));
    assertThat(spread(features, dialogues, 0, vectors)).isCloseTo(1, within(1e-4));
    assertThat(features.of(new DdnModel.Asked(dialogues.get(0), 2)))
        .containsEntry(features.size() - diseases + 2, 1.0);
  }

  @Test
  void emptyDialogueHasFeatures() {
    EncoderFeatures features =
        new EncoderFeatures(KNOWLEDGE, SYNONYMS, List.of(dialogue("咳嗽"), dialogue("很痒")));

    assertThat(features.of(new DdnModel.Asked(Dialogue.EMPTY, 0))).isNotEmpty();
  }

  /** The mean square distance from the mean, over some features. */
  private static double spread(
      EncoderFeatures features, List<Dialogue> dialogues, int from, int to) {
    List<? extends Map<Integer, Double>> rows =
        dialogues.stream().map(dialogue -> features.of(new DdnModel.Asked(dialogue, 0))).toList();
    return IntStream.range(from, to)
        .mapToDouble(
            feature -> {
              double[] values =
                  rows.stream().mapToDouble(row -> row.getOrDefault(feature, 0.0)).toArray();
              double mean = IntStream.range(0, values.length).mapToDouble(i -> values[i]).sum() / 4;
              double squares = 0;
              for (double value : values) {
                squares += (value - mean) * (value - mean) / 4;
              }
              return squares;
            })
        .sum();
  }

  private static DdnModel.Asked asked(String complaint) {
    return new DdnModel.Asked(dialogue(complaint), 0);
  }

  private static Dialogue dialogue(String complaint) {
    return new Dialogue(
        List.of(new Utterance(Speaker.PATIENT, complaint), new Utterance(Speaker.DOCTOR, "多久了")));
  }
}
