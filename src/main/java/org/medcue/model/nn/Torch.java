package org.medcue.model.nn;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.pytorch.jni.JniUtils;
import java.util.OptionalInt;
import org.medcue.model.ModelException;

/** The PyTorch engine as Medcue uses it: offline, on one thread. */
public final class Torch {

  static {
    // Everything comes with the build; the engine must not look for anything at run time.
    System.setProperty("ai.djl.offline", "true");
    // These networks are small: one thread is faster than two, and makes runs repeatable.
    System.setProperty("ai.djl.pytorch.num_threads", "1");
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
  }

  private static final NDIndex EVERYTHING = new NDIndex("...");

  private Torch() {}

  /** A manager on the CPU whose arrays live until it is closed. */
  public static NDManager newManager() {
    return newManager(DeviceChoice.CPU);
  }

  /**
   * A manager whose arrays live until it is closed.
   *
   * @throws ModelException if a GPU is asked for and the engine does not see it
   */
  public static NDManager newManager(DeviceChoice choice) {
    recordNoGradients();
    OptionalInt gpu = gpu(choice);
    return NDManager.newBaseManager(gpu.isPresent() ? Device.gpu(gpu.getAsInt()) : Device.cpu());
  }

  /**
   * The device that a choice comes to on this machine, for people: {@code cpu}, {@code gpu:0}.
   *
   * @throws ModelException if a GPU is asked for and the engine does not see it
   */
  public static String device(DeviceChoice choice) {
    OptionalInt gpu = gpu(choice);
    return gpu.isPresent() ? "gpu:" + gpu.getAsInt() : "cpu";
  }

  /** The engine is asked for GPUs only where one may be used: that starts CUDA. */
  private static OptionalInt gpu(DeviceChoice choice) {
    return choice.equals(DeviceChoice.CPU)
        ? OptionalInt.empty()
        : choice.gpu(Engine.getInstance().getGpuCount(), version());
  }

  /**
   * PyTorch records gradients on every thread unless told otherwise, and then refuses to write over
   * what is learned; DJL tells only the thread that happens to start the engine. Whoever learns
   * asks for them step by step.
   */
  private static void recordNoGradients() {
    Engine.getInstance();
    JniUtils.setGradMode(false);
  }

  /**
   * Copies values into an array of the same shape. DJL's own {@code copyTo} and {@code set} of
   * values go through Java's memory, in a mode of which PyTorch warns on the user's terminal.
   */
  public static void copy(NDArray from, NDArray to) {
    to.set(EVERYTHING, from);
  }

  /** Seeds the engine's random generator: weights, dropout. */
  public static void seed(int seed) {
    Engine.getInstance().setRandomSeed(seed);
  }

  /** Name and version of the engine, as a model's provenance states it. */
  public static String version() {
    Engine engine = Engine.getInstance();
    return engine.getEngineName() + " " + engine.getVersion();
  }
}
