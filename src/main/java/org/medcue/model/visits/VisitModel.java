package org.medcue.model.visits;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.Map;
import org.medcue.model.learning.LearnedModel;
import org.medcue.model.nn.DeviceChoice;
import org.medcue.model.nn.Torch;

/** A network over visits with its vocabulary and weights. Closing frees the weights. */
public class VisitModel implements LearnedModel {

  private final NDManager manager;
  private final Vocabulary vocabulary;
  private final VisitNetwork network;

  /** Initialises a network with random weights. */
  protected VisitModel(Vocabulary vocabulary, VisitNetwork network, NDManager manager) {
    this.manager = manager;
    this.vocabulary = vocabulary;
    this.network = network;
    network.initialize(manager, DataType.FLOAT32, new Shape(1));
  }

  /** A network with random weights, on a device the same for the same seed. */
  public static VisitModel initialise(
      Vocabulary vocabulary, VisitNetwork network, int seed, DeviceChoice device) {
    NDManager manager = Torch.newManager(device);
    Torch.seed(seed);
    return new VisitModel(vocabulary, network, manager);
  }

  @Override
  public final Map<String, Parameter> parameters() {
    return LearnedModel.parametersOf(network);
  }

  /** A network with random weights on the CPU. */
  public static VisitModel initialise(Vocabulary vocabulary, VisitNetwork network, int seed) {
    return initialise(vocabulary, network, seed, DeviceChoice.CPU);
  }

  public final Vocabulary vocabulary() {
    return vocabulary;
  }

  public VisitNetwork network() {
    return network;
  }

  @Override
  public final NDManager manager() {
    return manager;
  }
}
