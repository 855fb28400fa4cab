package org.medcue.model.versions;

import ai.djl.engine.EngineException;
import java.util.List;
import org.medcue.knowledge.KnowledgeException;
import org.medcue.knowledge.KnowledgeLibrary;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.model.DrugPredictor;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.model.ddn.DdnPredictor;
import org.medcue.model.mrkpa.MrKpaPredictor;
import org.medcue.model.nn.DeviceChoice;
import org.medcue.model.nn.Torch;

/**
 * Loads a version of any model, with the knowledge that it cites, for the device that a service
 * has. Thread-safe.
 */
public final class PredictorLoader {

  /** The model that reads visits. */
  public static final String VISITS = "mrkpa";

  /** The model that reads dialogues. */
  public static final String DIALOGUES = "ddn";

  private final KnowledgeLibrary library;
  private final DeviceChoice device;

  /**
   * @param library has the knowledge that versions cite
   * @param device where the networks compute
   */
  public PredictorLoader(KnowledgeLibrary library, DeviceChoice device) {
    this.library = library;
    this.device = device;
  }

  /**
   * Loads a version. The caller closes the predictor.
   *
   * @param folder opened, and so verified by its digests
   * @throws ModelException if the model is of no known name, if the knowledge that it cites cannot
   *     be had, if its files do not fit each other or the knowledge, or if the device is not there;
   *     nothing stays in memory then
   */
  public DrugPredictor load(ModelFolder folder) {
    String model = folder.manifest().model();
    List<KnowledgeVersion> cited = folder.manifest().knowledge();
    try {
      return switch (model) {
        case VISITS -> MrKpaPredictor.load(folder, library.visits(cited), device);
        case DIALOGUES -> DdnPredictor.load(folder, library.dialogues(cited), device);
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
    } catch (KnowledgeException e) {
      throw new ModelException(folder.path() + " cites knowledge: " + e.getMessage(), e);
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
}
