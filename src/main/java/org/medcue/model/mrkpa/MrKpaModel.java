package org.medcue.model.mrkpa;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.model.learning.TensorFile;
import org.medcue.model.nn.DeviceChoice;
import org.medcue.model.nn.Torch;
import org.medcue.model.visits.VisitModel;
import org.medcue.model.visits.Vocabulary;

/** A network with its vocabulary and weights, on disk as JSON and safetensors. */
public final class MrKpaModel extends VisitModel {

  /** The vocabulary's file in a version's folder. */
  public static final String VOCABULARY = "vocabulary.json";

  /** The weights' file in a version's folder. */
  public static final String WEIGHTS = "weights.safetensors";

  private static final JsonMapper JSON = new JsonMapper();

  private final MrKpaConfig config;
  private final MrKpaNetwork network;

  private MrKpaModel(
      MrKpaConfig config, Vocabulary vocabulary, MrKpaNetwork network, DeviceChoice device) {
    super(vocabulary, network, Torch.newManager(device));
    this.config = config;
    this.network = network;
  }

  /** A network with random weights on the CPU, the same for the same seed. */
  public static MrKpaModel initialise(MrKpaConfig config, Vocabulary vocabulary, int seed) {
    return initialise(config, vocabulary, seed, DeviceChoice.CPU);
  }

  /** A network with random weights, on a device the same for the same seed. */
  public static MrKpaModel initialise(
      MrKpaConfig config, Vocabulary vocabulary, int seed, DeviceChoice device) {
    Torch.seed(seed);
    return new MrKpaModel(config, vocabulary, new MrKpaNetwork(config, vocabulary), device);
  }

  /** Loads a verified version onto the CPU. */
  public static MrKpaModel load(ModelFolder folder) {
    return load(folder, DeviceChoice.CPU);
  }

  /**
   * Loads a verified version.
   *
   * @throws ModelException if vocabulary, weights and architecture do not fit each other, or the
   *     device is not there
   */
  public static MrKpaModel load(ModelFolder folder, DeviceChoice device) {
    Vocabulary vocabulary = folder.read(VOCABULARY, Vocabulary.class);
    MrKpaConfig config = config(folder);
    Path file = folder.file(WEIGHTS);
    try {
      // Before a network is built, which may be as large as a number in a manifest
      if (config.leastWeights() > TensorFile.values(file)) {
        throw new ModelException(
            file + " does not fit the architecture in its manifest, which asks for more weights");
      }
      return load(config, vocabulary, file, device);
    } catch (IOException e) {
      throw new ModelException(file + " cannot be read as safetensors: " + e.getMessage(), e);
    }
  }

  private static MrKpaModel load(
      MrKpaConfig config, Vocabulary vocabulary, Path file, DeviceChoice device)
      throws IOException {
    MrKpaModel model =
        new MrKpaModel(config, vocabulary, new MrKpaNetwork(config, vocabulary), device);
    try (NDManager temporary = model.manager().newSubManager()) {
      model.setWeights(TensorFile.decode(temporary, file), file);
      model.freeze();
      return model;
    } catch (IOException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private static MrKpaConfig config(ModelFolder folder) {
    try {
      return JSON.convertValue(folder.manifest().architecture(), MrKpaConfig.class);
    } catch (IllegalArgumentException e) {
      throw new ModelException(
          "the manifest of " + folder.path() + " states no architecture of MR-KPA", e);
    }
  }

  private void setWeights(NDList weights, Path file) {
    Map<String, Parameter> parameters = parameters();
    if (weights.size() > parameters.size()) {
      throw new ModelException(
          file + " does not fit the architecture in its manifest: it holds further weights");
    }
    for (Map.Entry<String, Parameter> entry : parameters.entrySet()) {
      NDArray stored = weights.get(entry.getKey());
      NDArray own = entry.getValue().getArray();
      if (stored == null || !stored.getShape().equals(own.getShape())) {
        throw new ModelException(
            file
                + " does not fit the architecture in its manifest: "
                + entry.getKey()
                + (stored == null ? " is missing" : " is " + stored.getShape())
                + ", but architecture and vocabulary ask for "
                + own.getShape());
      }
      Torch.copy(stored, own);
    }
  }

  /** Writes vocabulary and weights into a version's folder. */
  public void save(Path folder) throws IOException {
    JSON.writeValue(folder.resolve(VOCABULARY).toFile(), vocabulary());
    Map<String, NDArray> weights = new LinkedHashMap<>();
    parameters().forEach((name, parameter) -> weights.put(name, parameter.getArray()));
    TensorFile.write(folder.resolve(WEIGHTS), weights);
  }

  public MrKpaConfig config() {
    return config;
  }

  @Override
  public MrKpaNetwork network() {
    return network;
  }
}
