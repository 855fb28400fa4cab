package org.medcue.serving;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;
import org.medcue.model.nn.DeviceChoice;

/** How assigned versions are followed and how loaded ones compute. */
@ConfigMapping(prefix = "medcue.serving")
public interface ServingConfig {

  /**
   * Whether a connection of its own listens for changes. It must be off where a pooler of
   * transactions stands before the database; changes then arrive with the poll.
   */
  @WithDefault("true")
  boolean listen();

  /** How often the assignments are read all the same. */
  @WithDefault("10s")
  Duration poll();

  /** Where versions compute: auto, cpu, gpu, gpu:1. */
  @WithDefault("cpu")
  DeviceChoice device();

  /** How long a request may wait for its prediction before it is refused. */
  @WithDefault("5s")
  Duration deadline();

  /** Micro-batching of each loaded version. */
  Batch batch();

  /** Scoring by versions on trial. */
  Shadow shadow();

  /** Coalesces predictions that are asked for at once. */
  interface Batch {

    /** The most patients in one pass of the network; 1 switches batching off. */
    @WithDefault("16")
    int size();

    /** The most that wait; one more is refused at once. */
    @WithDefault("64")
    int queue();

    /** How long a pass waits for more patients; 0 takes those who have gathered meanwhile. */
    @WithDefault("0ms")
    Duration delay();

    /** Passes at once; where it is not set one on a GPU, on a CPU one for each processor. */
    OptionalInt workers();
  }

  /** Scores after the answer what another version answered. */
  interface Shadow {

    /** Answers that are scored at once. */
    @WithDefault("1")
    int threads();

    /** The most answers that wait; one more is left out. */
    @WithDefault("64")
    int queue();
  }
}
