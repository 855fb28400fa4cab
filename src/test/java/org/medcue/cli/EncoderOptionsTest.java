package org.medcue.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.cli.Result.medcue;

import org.junit.jupiter.api.Test;
import org.medcue.model.ddn.DdnConfig;
import org.medcue.model.text.PretrainedEncoder;
import picocli.CommandLine;

class EncoderOptionsTest {

  private static DdnConfig network(String... args) {
    EncoderOptions options = new EncoderOptions();
    new CommandLine(
            CommandLine.Model.CommandSpec.create()
                .addMixin("encoder", CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
        .parseArgs(args);
    return options.network();
  }

  @Test
  void withoutTheOptionItIsTheShippedVersions() {
    assertThat(network()).isEqualTo(DdnConfig.standard());
  }

  @Test
  void anotherEncoderIsTakenByItsName() {
    assertThat(network("--encoder", "all-minilm-l6-v2"))
        .isEqualTo(DdnConfig.standard().withEncoder(PretrainedEncoder.ALL_MINILM_L6_V2, 4));
  }

  @Test
  void unknownEncoder() {
    for (String command : new String[] {"compare", "train"}) {
      medcue(command, "ddn", "--dialogues", "none", "--out", "none", "--encoder", "gpt")
          .isUsageError("--encoder", "gpt", "--help");
    }
  }
}
