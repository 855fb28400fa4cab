package org.medcue.model.visits;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.medcue.model.nn.DeviceChoice;
import org.medcue.model.nn.Torch;

/** A network over visits with its vocabulary and weights. Closing frees the weights. */
public class VisitModel implements AutoCloseable {

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

  /** The network's parameters by name. */
  public final Map<String, Parameter> parameters() {
    return parametersOf(network);
  }

  /** A network with random weights on the CPU. */
  public static VisitModel initialise(Vocabulary vocabulary, VisitNetwork network, int seed) {
    return initialise(vocabulary, network, seed, DeviceChoice.CPU);
  }

  /** A block's parameters by name: the path of blocks without DJL's running numbers. */
  public static Map<String, Parameter> parametersOf(Block block) {
    Map<String, Parameter> byName = new LinkedHashMap<>();
    for (Pair<String, Parameter> entry : block.getParameters()) {
      String[] path = entry.getKey().split("_");
      String name =
          String.join(
              ".", Arrays.stream(path).map(part -> part.replaceFirst("^[0-9]+", "")).toList());
      if (byName.put(name, entry.getValue()) != null) {
        throw new IllegalStateException("two parameters are named " + name);
      }
    }
    return byName;
  }

  public final Vocabulary vocabulary() {
    return vocabulary;
  }

  public VisitNetwork network() {
    return network;
  }

  public final NDManager manager() {
    return manager;
  }

  @Override
  public void close() {
    manager.close();
  }
}
