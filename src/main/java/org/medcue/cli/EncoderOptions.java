package org.medcue.cli;

import java.util.Arrays;
import org.medcue.model.ddn.DdnConfig;
import org.medcue.model.text.PretrainedEncoder;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which pre-trained encoder a dialogue model is built on. */
final class EncoderOptions {

  /** An encoder and the layers of it that stay as they are: all but the last two. */
  private enum Encoder {
    BGE(PretrainedEncoder.BGE_SMALL_ZH, 2),
    MINILM(PretrainedEncoder.ALL_MINILM_L6_V2, 4);

    private final PretrainedEncoder encoder;
    private final int frozenLayers;

    Encoder(PretrainedEncoder encoder, int frozenLayers) {
      this.encoder = encoder;
      this.frozenLayers = frozenLayers;
    }
  }

  /** Finds an encoder by its own name. */
  static final class Named implements ITypeConverter<Encoder> {

    @Override
    public Encoder convert(String name) {
      return Arrays.stream(Encoder.values())
          .filter(known -> known.encoder.name().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "no encoder is known as " + name + ": give one that --help names"));
    }
  }

  @Option(
      names = "--encoder",
      paramLabel = "NAME",
      converter = Named.class,
      defaultValue = "bge-small-zh-v1.5",
      description =
          "Pre-trained encoder: bge-small-zh-v1.5 (Chinese), or all-minilm-l6-v2 (English), whose"
              + " library has to be added to the build; default: ${DEFAULT-VALUE}. Runs on different"
              + " encoders need different folders of comparison.")
  private Encoder encoder = Encoder.BGE;

  /**
   * DDN's sizes, with the encoder.
   *
   * @throws org.medcue.model.ModelException if its library is missing
   */
  DdnConfig network() {
    encoder.encoder.requireLibrary();
    return DdnConfig.standard().withEncoder(encoder.encoder, encoder.frozenLayers);
  }
}
