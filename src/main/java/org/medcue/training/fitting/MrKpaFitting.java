package org.medcue.training.fitting;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.PatientRecord;
import org.medcue.clinical.Visit;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.mrkpa.AdversarialFineTuning;
import org.medcue.model.mrkpa.MrKpaModel;
import org.medcue.model.mrkpa.PreTraining;
import org.medcue.model.nn.DeviceChoice;
import org.medcue.model.visits.Vocabulary;
import org.medcue.training.Progress;
import org.medcue.training.TrainingException;

/** Fits one MR-KPA network by a recipe. */
public final class MrKpaFitting {

  /**
   * The patients of a training.
   *
   * @param preTraining whose visits are learned from one by one; their codes are the vocabulary
   * @param fineTuning whose sequences are learned from
   * @param validation by whom the best epoch is chosen
   */
  public record Patients(
      List<PatientRecord> preTraining,
      List<PatientRecord> fineTuning,
      List<PatientRecord> validation) {

    /** All visits learned from one by one. */
    public List<Visit> visits() {
      return preTraining.stream().flatMap(patient -> patient.visits().stream()).toList();
    }
  }

  /** A trained network, which the caller closes, and how it went. */
  public record Fitted(MrKpaModel model, Fitting.Outcome outcome) implements AutoCloseable {
    @Override
    public void close() {
      model.close();
    }
  }

  private final KnowledgeBase knowledge;
  private final DeviceChoice device;
  private final Progress progress;

  public MrKpaFitting(KnowledgeBase knowledge, DeviceChoice device, Progress progress) {
    this.knowledge = knowledge;
    this.device = device;
    this.progress = progress;
  }

  /**
   * Trains by a recipe.
   *
   * @param checkpoints null for none
   * @throws TrainingException if fewer than two drugs can be told apart
   */
  public Fitted fit(MrKpaRecipe recipe, Patients patients, @Nullable Checkpoints checkpoints) {
    Vocabulary vocabulary =
        Vocabulary.of(patients.visits(), knowledge, recipe.labels(), recipe.ontology());
    if (vocabulary.labels().size() < 2) {
      throw new TrainingException(
          "the training patients were ordered "
              + vocabulary.labels().size()
              + " different drugs of the label space: there is nothing to choose between; give a"
              + " cohort with at least two");
    }
    int seed = recipe.fineTuning().seed();
    MrKpaModel model = MrKpaModel.initialise(recipe.network(), vocabulary, seed, device);
    try (PreTraining preTraining = preTraining(model, recipe, patients);
        AdversarialFineTuning fineTuning =
            new AdversarialFineTuning(
                model, knowledge, patients.fineTuning, recipe.fineTuning(), recipe.attack())) {
      Fitting.Plan plan = new Fitting.Plan(recipe.rounds(), recipe.patience());
      Fitting fitting =
          new Fitting(
              model,
              preTraining,
              fineTuning,
              plan,
              () -> VisitValidation.prAuc(model, patients.validation, knowledge),
              checkpoints,
              progress);
      return new Fitted(model, fitting.run());
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private @Nullable PreTraining preTraining(
      MrKpaModel model, MrKpaRecipe recipe, Patients patients) {
    return recipe.preTraining() == null
        ? null
        : PreTraining.of(model, knowledge, patients.preTraining, recipe.preTraining());
  }
}
