package org.medcue.model.ddn;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.Utterance;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.model.learning.Calibration;
import org.medcue.model.nn.DeviceChoice;

/**
 * DDN as a version holds it: the network, whose logits are averaged with those of a regression on
 * wording, and the calibration of both together. Thread-safe.
 */
public final class Ddn implements DialogueModel {

  /** How much of the logit is the network's. */
  public static final double NETWORK_SHARE = 0.5;

  /** Characters that are read again to weigh utterances: each costs a reading of the dialogue. */
  private static final int READ_AGAIN = 60_000;

  private static final String WEIGHTS = "weights.safetensors";
  private static final JsonMapper JSON = new JsonMapper();

  private final DdnModel network;
  private final WordingRegression wording;
  private final Calibration calibration;

  public Ddn(DdnModel network, WordingRegression wording, Calibration calibration) {
    this.network = network;
    this.wording = wording;
    this.calibration = calibration;
  }

  /**
   * Loads a verified version.
   *
   * @throws ModelException if its files do not fit each other or the knowledge
   */
  public static Ddn load(ModelFolder folder, DialogueKnowledge knowledge, DeviceChoice device) {
    if (!folder.manifest().knowledge().equals(knowledge.versions())) {
      throw new ModelException(
          folder.path()
              + " was built on "
              + folder.manifest().knowledge()
              + ", not on "
              + knowledge.versions());
    }
    DdnConfig config;
    try {
      config = JSON.convertValue(folder.manifest().architecture(), DdnConfig.class);
    } catch (IllegalArgumentException e) {
      throw new ModelException(
          "the manifest of " + folder.path() + " states no architecture of DDN", e);
    }
    WordingRegression wording = WordingRegression.load(folder, knowledge);
    return new Ddn(
        DdnModel.load(config, knowledge, folder.file(WEIGHTS), device),
        wording,
        Calibration.of(folder));
  }

  /** Writes everything but the manifest into a version's folder. */
  public void save(Path folder) throws IOException {
    network.save(folder.resolve(WEIGHTS));
    wording.save(folder);
    calibration.write(folder);
  }

  public DdnConfig config() {
    return network.config();
  }

  /**
   * The probability of each drug, in order of the drugs' index.
   *
   * @param dialogue what was said; may be empty
   * @param disease its number
   */
  @Override
  public float[] probabilities(Dialogue dialogue, int disease) {
    return probabilities(dialogue, dialogue, disease);
  }

  /**
   * The same where the two halves may not read the same: under the DDN paper's protocol the network
   * reads up to the first mark, as it was trained, and the wording with its marks is read whole.
   */
  public float[] probabilities(Dialogue ofTheNetwork, Dialogue ofTheWording, int disease) {
    float[] ofNetwork = network.logits(List.of(new DdnModel.Asked(ofTheNetwork, disease)))[0];
    return calibrated(ofNetwork, new DdnModel.Asked(ofTheWording, disease));
  }

  @Override
  public List<float[]> probabilitiesOfAll(List<DdnModel.Asked> asked) {
    float[][] ofNetwork = network.logits(asked);
    return IntStream.range(0, ofNetwork.length)
        .mapToObj(i -> calibrated(ofNetwork[i], asked.get(i)))
        .toList();
  }

  private float[] calibrated(float[] ofNetwork, DdnModel.Asked toTheWording) {
    float[] ofWording = wording.logits(toTheWording);
    float[] probabilities = new float[ofNetwork.length];
    for (int drug = 0; drug < probabilities.length; drug++) {
      probabilities[drug] = calibration.apply(blended(ofNetwork[drug], ofWording[drug]));
    }
    return probabilities;
  }

  /**
   * What each utterance adds to the logit of each drug by its wording (utterances, drugs): that
   * half's logit with everything less that without the utterance. The network's half is not in it:
   * it reads every utterance in the light of the others, so none can be taken out afterwards. Of a
   * long dialogue only the first utterance, where the complaint is, and the last ones are weighed;
   * the rows of the others are 0.
   */
  @Override
  public float[][] utteranceWeights(Dialogue dialogue, int disease) {
    int said = dialogue.utterances().size();
    int unweighed = unweighed(dialogue);
    float[] whole = wording.logits(new DdnModel.Asked(dialogue, disease));
    float[][] weights = new float[said][whole.length];
    for (int utterance = 0; utterance < said; utterance++) {
      if (utterance > 0 && utterance <= unweighed) {
        continue;
      }
      float[] without = wording.logits(new DdnModel.Asked(without(dialogue, utterance), disease));
      for (int drug = 0; drug < whole.length; drug++) {
        weights[utterance][drug] = blended(0, whole[drug] - without[drug]);
      }
    }
    return weights;
  }

  @Override
  public int unweighed(Dialogue dialogue) {
    int characters = dialogue.utterances().stream().mapToInt(u -> u.text().length()).sum();
    int others = dialogue.utterances().size() - 1;
    return Math.max(0, others - READ_AGAIN / Math.max(1, characters));
  }

  /** Those that the network does not read, or not to their end. */
  @Override
  public int outOfContext(Dialogue dialogue) {
    return network.lost(dialogue);
  }

  @Override
  public boolean reads(Utterance utterance) {
    return config().encoder().reads(utterance.text());
  }

  private static Dialogue without(Dialogue dialogue, int utterance) {
    List<Utterance> others = new ArrayList<>(dialogue.utterances());
    others.remove(utterance);
    return new Dialogue(others);
  }

  private static float blended(float ofNetwork, float ofWording) {
    return (float) (NETWORK_SHARE * ofNetwork + (1 - NETWORK_SHARE) * ofWording);
  }

  /** Of the network alone: the regression's weights lie in Java's heap. */
  @Override
  public long nativeBytes() {
    return network.nativeBytes();
  }

  @Override
  public void close() {
    network.close();
  }
}
