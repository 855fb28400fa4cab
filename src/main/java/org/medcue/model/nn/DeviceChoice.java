package org.medcue.model.nn;

/** Where a network computes. */
public enum DeviceChoice {
  /** A GPU if the engine sees one, otherwise the CPU. */
  AUTO,
  CPU,
  GPU
}
