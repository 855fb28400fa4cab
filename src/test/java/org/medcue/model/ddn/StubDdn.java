package org.medcue.model.ddn;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.Utterance;
import org.medcue.knowledge.DialogueDrug;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.DrugPredictor;
import org.medcue.model.text.PretrainedEncoder;

/** The predictor of dialogues over a network that says what it is told. */
public final class StubDdn implements DialogueModel {

  private static final Map<String, Float> PROBABILITIES =
      Map.of(
          "奥美拉唑", 0.9f, "阿莫西林", 0.8f, "莫沙必利", 0.6f, "双黄连口服液", 0.5f, "头孢类", 0.4f, "铝镁化合物", 0.3f,
          "布洛芬", 0.05f);

  private static final int IN_CONTEXT = 40;

  private final List<DialogueDrug> drugs;
  int lastDisease = -1;

  StubDdn(DialogueKnowledge knowledge) {
    this.drugs = knowledge.drugs().drugs();
  }

  /** Scores alike for everybody; the longer an utterance, the more it weighs. */
  public static DrugPredictor predictor(DialogueKnowledge knowledge) {
    return new DdnPredictor(new StubDdn(knowledge), knowledge);
  }

  @Override
  public float[] probabilities(Dialogue dialogue, int disease) {
    refuseSilence(dialogue);
    lastDisease = disease;
    float[] probabilities = new float[drugs.size()];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = PROBABILITIES.getOrDefault(drugs.get(i).label(), 0f);
    }
    return probabilities;
  }

  @Override
  public float[][] utteranceWeights(Dialogue dialogue, int disease) {
    refuseSilence(dialogue);
    List<Utterance> utterances = dialogue.utterances();
    float[][] weights = new float[utterances.size()][drugs.size()];
    for (int i = 0; i < weights.length; i++) {
      Arrays.fill(weights[i], utterances.get(i).text().length() / 10f);
    }
    return weights;
  }

  @Override
  public int outOfContext(Dialogue dialogue) {
    return Math.max(0, dialogue.utterances().size() - IN_CONTEXT);
  }

  @Override
  public boolean reads(Utterance utterance) {
    return PretrainedEncoder.BGE_SMALL_ZH.reads(utterance.text());
  }

  @Override
  public int unweighed(Dialogue dialogue) {
    return 0;
  }

  private static void refuseSilence(Dialogue dialogue) {
    if (dialogue.utterances().isEmpty()) {
      throw new IllegalArgumentException("nothing to read");
    }
  }

  @Override
  public void close() {}
}
