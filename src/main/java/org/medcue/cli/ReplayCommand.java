package org.medcue.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a logged card once more. */
@Command(
    name = "replay",
    description = {
      "Make the cards of a logged recommendation once more, from the stored evidence and the"
          + " versions that it cites, and compare them with those that were served.",
      "Needs a running service and an auditor's token. Ends with 1 where they differ by more than"
          + " the rounding of scores."
    },
    mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {

  @Mixin private ServiceApi api = new ServiceApi();

  @Option(names = "--cards", description = "Print the cards, too.")
  private boolean cards;

  @Parameters(paramLabel = "ID", description = "Identifier of the recommendation.")
  private String id = "";

  @Override
  public Integer call() throws InterruptedException, JsonProcessingException {
    JsonNode replayed =
        api.get("/api/recommendations/" + ServiceApi.encoded(id) + "/replay").body();
    String outcome = replayed.path("outcome").asText();
    System.out.println(inWords(outcome) + ", by " + replayed.path("model").asText());
    replayed.path("differences").forEach(place -> System.out.println("  " + place.asText()));
    if (cards) {
      ServiceApi.print(replayed.path("cards"));
    }
    return outcome.equals("identical") || outcome.equals("rounding") ? 0 : 1;
  }

  private static String inWords(String outcome) {
    return switch (outcome) {
      case "identical" -> "identical";
      case "rounding" -> "the same but for rounding: the same scores within 0.0001";
      default -> "DIFFERENT";
    };
  }
}
