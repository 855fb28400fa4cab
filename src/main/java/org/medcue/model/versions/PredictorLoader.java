package org.medcue.model.versions;

import ai.djl.engine.EngineException;
import java.util.List;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.model.DrugPredictor;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.model.ddn.DdnPredictor;
import org.medcue.model.mrkpa.MrKpaPredictor;
import org.medcue.model.nn.DeviceChoice;
import org.medcue.model.nn.Torch;

/**
 * Loads a version of any model for the knowledge and the device that a service has. Thread-safe.
 */
public final class PredictorLoader {

  /** The model that reads visits. */
  public static final String VISITS = "mrkpa";

  /** The model that reads dialogues. */
  public static final String DIALOGUES = "ddn";

  private final KnowledgeBase knowledge;
  private final DialogueKnowledge dialogues;
  private final DeviceChoice device;

  /**
   * @param device where the networks compute
   */
  public PredictorLoader(
      KnowledgeBase knowledge, DialogueKnowledge dialogues, DeviceChoice device) {
    this.knowledge = knowledge;
    this.dialogues = dialogues;
    this.device = device;
  }

  /**
   * Loads a version. The caller closes the predictor.
   *
   * @param folder opened, and so verified by its digests
   * @throws ModelException if the model is of no known name, if it was built on other knowledge, if
   *     its files do not fit each other or the knowledge, or if the device is not there; nothing
   *     stays in memory then
   */
  public DrugPredictor load(ModelFolder folder) {
    String model = folder.manifest().model();
    try {
      return switch (model) {
        case VISITS -> {
          requireKnowledge(folder, knowledge.versions());
          yield MrKpaPredictor.load(folder, knowledge, device);
        }
        case DIALOGUES -> {
          requireKnowledge(folder, dialogues.versions());
          yield DdnPredictor.load(folder, dialogues, knowledge.drugs(), device);
        }
        default ->
            throw new ModelException(
                folder.path()
                    + " is a version of \""
                    + model
                    + "\", a model that this release does not have: it has "
                    + VISITS
                    + " and "
                    + DIALOGUES);
      };
    } catch (IllegalArgumentException | EngineException e) {
      // What a manifest or a file states and no network can be built of
      throw new ModelException(folder.path() + " cannot be loaded: " + e.getMessage(), e);
    }
  }

  /**
   * Where the networks compute on this machine, for people: {@code cpu}, {@code gpu:0}.
   *
   * @throws ModelException if it is a GPU that is not there
   */
  public String device() {
    return Torch.device(device);
  }

  private static void requireKnowledge(ModelFolder folder, List<KnowledgeVersion> served) {
    List<KnowledgeVersion> built = folder.manifest().knowledge();
    if (!built.equals(served)) {
      throw new ModelException(
          folder.path()
              + " was built on "
              + built
              + ", but this service reads by "
              + served
              + ": retrain the model or serve it with its own release");
    }
  }
}
