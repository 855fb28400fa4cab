package org.medcue.model.nn;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;

/** The PyTorch engine as Medcue uses it: offline, on one thread, on the CPU. */
public final class Torch {

  static {
    // Everything comes with the build; the engine must not look for anything at run time.
    System.setProperty("ai.djl.offline", "true");
    // These networks are small: one thread is faster than two, and makes runs repeatable.
    System.setProperty("ai.djl.pytorch.num_threads", "1");
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
  }

  private Torch() {}

  /** A manager whose arrays live until it is closed. */
  public static NDManager newManager() {
    return NDManager.newBaseManager();
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
