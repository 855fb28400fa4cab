package org.medcue.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.medcue.model.mrkpa.Attack;
import org.medcue.model.mrkpa.MrKpaConfig;
import org.medcue.model.visits.LabelSpace;
import org.medcue.training.fitting.Ingredient;
import org.medcue.training.fitting.MrKpaRecipe;
import picocli.CommandLine.Option;

/** Options that make up a recipe of MR-KPA. */
final class RecipeOptions {

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "" + MrKpaRecipe.EPOCHS,
      description = "Passes over the training patients; default: ${DEFAULT-VALUE}.")
  private int epochs;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      defaultValue = "" + MrKpaRecipe.LEARNING_RATE,
      description =
          "Peak rate of AdamW in fine-tuning, warmed up, then falling to a twentieth; default:"
              + " ${DEFAULT-VALUE}. That of pre-training is always "
              + MrKpaRecipe.PRETRAINING_RATE
              + ".")
  private float learningRate;

  @Option(
      names = "--pretraining-epochs",
      paramLabel = "N",
      defaultValue = "" + MrKpaRecipe.PRETRAINING_EPOCHS,
      description = "Passes over their single visits before; default: ${DEFAULT-VALUE}.")
  private int preTrainingEpochs;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "How often pre-training and fine-tuning alternate, each with its share of epochs; default:"
              + " ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--patience",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "Epochs without a better validation PR-AUC after which training stops; default:"
              + " ${DEFAULT-VALUE}.")
  private int patience;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "20221219",
      description = "Seed of weights, masks and order; default: ${DEFAULT-VALUE}.")
  private int seed;

  @Option(
      names = "--without",
      split = ",",
      paramLabel = "INGREDIENT",
      description = "Leave out ontology, pretraining or adversarial; several with commas.")
  private List<Ingredient> without = new ArrayList<>();

  @Option(
      names = "--labels",
      paramLabel = "LEVEL",
      defaultValue = "product",
      description =
          "Level of drugs to predict: product (clinical drug), ingredient, atc4 or atc3; default:"
              + " ${DEFAULT-VALUE}.")
  private LabelSpace labels = LabelSpace.PRODUCT;

  @Option(
      names = "--attack",
      paramLabel = "TARGET",
      defaultValue = "tables",
      description =
          "What adversarial training perturbs. Each step of fine-tuning learns once more with this"
              + " moved by --epsilon in the direction that makes the loss worse: tables (each whole"
              + " table of ontology embeddings) or visits (diagnosis and drug visit vectors);"
              + " default: ${DEFAULT-VALUE}. Leave it out with --without adversarial.")
  private Attack.Target attack = Attack.Target.TABLES;

  @Option(
      names = "--epsilon",
      paramLabel = "LENGTH",
      defaultValue = "1.0",
      description = "Length of the perturbation of --attack; default: ${DEFAULT-VALUE}.")
  private float epsilon;

  @Option(
      names = "--paper-head",
      description = "Predict from the paper's five vectors alone, without the drug memory.")
  private boolean paperHead;

  MrKpaRecipe recipe() {
    requirePositive("--epochs", epochs);
    requirePositive("--rounds", rounds);
    requirePositive("--patience", patience);
    if (rounds > epochs) {
      throw new CommandException("--rounds must not exceed --epochs: each round has its share");
    }
    if (preTrainingEpochs < 0) {
      throw new CommandException("--pretraining-epochs must not be negative");
    }
    if (!(epsilon > 0) || Float.isInfinite(epsilon)) {
      throw new CommandException("--epsilon must be positive; leave it out --without adversarial");
    }
    if (!(learningRate > 0) || Float.isInfinite(learningRate)) {
      throw new CommandException("--learning-rate must be positive");
    }
    Set<Ingredient> left = new TreeSet<>(without);
    MrKpaConfig network = MrKpaConfig.standard();
    return MrKpaRecipe.standard(epochs, preTrainingEpochs, seed)
        .withNetwork(paperHead ? network.withoutDrugMemory() : network)
        .withLabels(labels)
        .withLearningRate(learningRate)
        .withAttack(new Attack(attack, epsilon))
        .withRounds(rounds, patience)
        .without(left);
  }

  private static void requirePositive(String option, int value) {
    if (value < 1) {
      throw new CommandException(option + " must be at least 1");
    }
  }
}
