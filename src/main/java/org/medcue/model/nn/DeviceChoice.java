package org.medcue.model.nn;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medcue.model.ModelException;

/**
 * Where a network is to compute, as configuration says it: {@code auto}, {@code cpu}, {@code gpu}
 * or {@code gpu:0}.
 *
 * @param kind what is asked for
 * @param number of the GPU, from 0; 0 where none is asked for
 */
public record DeviceChoice(Kind kind, int number) {

  /** What is asked for. */
  public enum Kind {
    /** The first GPU if the engine sees one, otherwise the CPU. */
    AUTO,
    CPU,
    /** A certain GPU, and nothing else. */
    GPU
  }

  /** The first GPU if the engine sees one, otherwise the CPU. */
  public static final DeviceChoice AUTO = new DeviceChoice(Kind.AUTO, 0);

  public static final DeviceChoice CPU = new DeviceChoice(Kind.CPU, 0);

  /** The first GPU. */
  public static final DeviceChoice GPU = new DeviceChoice(Kind.GPU, 0);

  private static final Pattern NUMBERED = Pattern.compile("gpu:([0-9]{1,3})");

  /**
   * The choice that a setting names, in any case.
   *
   * @throws IllegalArgumentException if it names none
   */
  public static DeviceChoice of(String setting) {
    String text = setting.strip().toLowerCase(Locale.ROOT);
    Matcher numbered = NUMBERED.matcher(text);
    if (numbered.matches()) {
      return new DeviceChoice(Kind.GPU, Integer.parseInt(numbered.group(1)));
    }
    return switch (text) {
      case "auto" -> AUTO;
      case "cpu" -> CPU;
      case "gpu" -> GPU;
      default ->
          throw new IllegalArgumentException(
              "no device is called \""
                  + setting
                  + "\": give auto, cpu, gpu, or gpu:1 for the second");
    };
  }

  /**
   * The GPU to compute on; empty for the CPU.
   *
   * @param gpus how many the engine sees
   * @param engine name and version, for the refusal
   * @throws ModelException if the GPU asked for is not there
   */
  public OptionalInt gpu(int gpus, String engine) {
    if (kind == Kind.CPU || (kind == Kind.AUTO && gpus == 0)) {
      return OptionalInt.empty();
    }
    if (gpus == 0) {
      throw new ModelException(
          "no GPU: "
              + engine
              + " sees none; install a CUDA build of that version and name it in"
              + " PYTORCH_LIBRARY_PATH, or use the CPU");
    }
    if (number >= gpus) {
      throw new ModelException(
          "no "
              + this
              + ": "
              + engine
              + " sees "
              + gpus
              + ", the last of which is gpu:"
              + (gpus - 1)
              + "; choose that or auto");
    }
    return OptionalInt.of(number);
  }

  /** As a setting names it. */
  @Override
  public String toString() {
    return kind == Kind.GPU ? "gpu:" + number : kind.name().toLowerCase(Locale.ROOT);
  }
}
