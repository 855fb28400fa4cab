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
      "Needs a running service and an auditor's token. Ends with 1 where they differ."
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
    boolean identical = replayed.path("identical").asBoolean();
    System.out.println(
        (identical ? "identical" : "DIFFERENT") + ", by " + replayed.path("model").asText());
    replayed.path("differences").forEach(place -> System.out.println("  " + place.asText()));
    if (cards) {
      ServiceApi.print(replayed.path("cards"));
    }
    return identical ? 0 : 1;
  }
}
