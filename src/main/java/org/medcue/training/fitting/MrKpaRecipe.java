package org.medcue.training.fitting;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.medcue.model.learning.TrainingPhase.Schedule;
import org.medcue.model.mrkpa.Attack;
import org.medcue.model.mrkpa.MrKpaConfig;
import org.medcue.model.visits.LabelSpace;

/**
 * Everything that decides how an MR-KPA network is trained, but the data.
 *
 * @param network its sizes
 * @param labels the level of drugs that it predicts
 * @param ontology whether codes are embedded with their ancestors
 * @param preTraining null for none
 * @param fineTuning epochs, batch of targets, rates and the seed of the weights
 * @param attack adversarial training
 * @param rounds how often pre-training and fine-tuning alternate
 * @param patience fine-tuning epochs without a better validation PR-AUC before it stops
 */
public record MrKpaRecipe(
    MrKpaConfig network,
    LabelSpace labels,
    boolean ontology,
    @Nullable Schedule preTraining,
    Schedule fineTuning,
    Attack attack,
    int rounds,
    int patience) {

  /** Epochs of fine-tuning that train and compare take by default. */
  public static final int EPOCHS = 8;

  /** Epochs of pre-training that they take. */
  public static final int PRETRAINING_EPOCHS = 3;

  /** The peak rate of fine-tuning that train takes by default. */
  public static final float LEARNING_RATE = 0.003f;

  /** The peak rate of pre-training. */
  public static final float PRETRAINING_RATE = 0.002f;

  private static final int PATIENCE = 5;

  /**
   * The recipe of the bundled version, chosen for two CPU cores: the paper's batch of 160 single
   * visits in pre-training and its ε of 1 over the embedding tables, in fine-tuning batches of 128
   * targets instead of one patient.
   *
   * @param epochs of fine-tuning
   * @param preTrainingEpochs 0 for none
   */
  public static MrKpaRecipe standard(int epochs, int preTrainingEpochs, int seed) {
    return new MrKpaRecipe(
        MrKpaConfig.standard(),
        LabelSpace.PRODUCT,
        true,
        preTrainingEpochs == 0
            ? null
            : new Schedule(preTrainingEpochs, 160, PRETRAINING_RATE, 0.01f, seed),
        new Schedule(epochs, 128, LEARNING_RATE, 0.01f, seed),
        new Attack(Attack.Target.TABLES, 1),
        1,
        PATIENCE);
  }

  /** The recipe without some ingredients. */
  public MrKpaRecipe without(Set<Ingredient> left) {
    return new MrKpaRecipe(
        network,
        labels,
        ontology && !left.contains(Ingredient.ONTOLOGY),
        left.contains(Ingredient.PRETRAINING) ? null : preTraining,
        fineTuning,
        left.contains(Ingredient.ADVERSARIAL)
            ? new Attack(Attack.Target.NONE, attack.epsilon())
            : attack,
        rounds,
        patience);
  }

  /** The recipe with another network. */
  public MrKpaRecipe withNetwork(MrKpaConfig other) {
    return new MrKpaRecipe(
        other, labels, ontology, preTraining, fineTuning, attack, rounds, patience);
  }

  /** The recipe with another label space. */
  public MrKpaRecipe withLabels(LabelSpace other) {
    return new MrKpaRecipe(
        network, other, ontology, preTraining, fineTuning, attack, rounds, patience);
  }

  /** The recipe with another schedule of fine-tuning. */
  public MrKpaRecipe withFineTuning(Schedule other) {
    return new MrKpaRecipe(network, labels, ontology, preTraining, other, attack, rounds, patience);
  }

  /** The recipe with another attack. */
  public MrKpaRecipe withAttack(Attack other) {
    return new MrKpaRecipe(
        network, labels, ontology, preTraining, fineTuning, other, rounds, patience);
  }

  /** The recipe with another alternation of phases and patience. */
  public MrKpaRecipe withRounds(int otherRounds, int otherPatience) {
    return new MrKpaRecipe(
        network, labels, ontology, preTraining, fineTuning, attack, otherRounds, otherPatience);
  }

  /** The recipe with another seed. */
  public MrKpaRecipe withSeed(int seed) {
    return new MrKpaRecipe(
        network,
        labels,
        ontology,
        preTraining == null ? null : preTraining.withSeed(seed),
        fineTuning.withSeed(seed),
        attack,
        rounds,
        patience);
  }

  /** The recipe with another peak rate of fine-tuning. */
  public MrKpaRecipe withLearningRate(float rate) {
    return withFineTuning(
        new Schedule(
            fineTuning.epochs(),
            fineTuning.batch(),
            rate,
            fineTuning.weightDecay(),
            fineTuning.seed()));
  }
}
