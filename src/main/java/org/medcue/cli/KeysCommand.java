package org.medcue.cli;

import io.smallrye.config.SmallRyeConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.config.ConfigProvider;
import org.medcue.platform.sealing.Rewrapping;
import org.medcue.platform.sealing.SealingKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What an operator does with the keys that seal patient data. */
@Command(
    name = "keys",
    description = "Rotate the keys that seal patient data.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = KeysCommand.Rewrap.class)
final class KeysCommand {

  /** The keys of the configuration. */
  static SealingKeys configured() {
    SmallRyeConfig config = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
    Map<String, String> keys =
        config
            .getOptionalValues("medcue.sealing.keys", String.class, String.class)
            .orElseGet(Map::of);
    return SealingKeys.of(keys, config.getOptionalValue("medcue.sealing.active-key", String.class));
  }

  /** Takes a new key into use for what is sealed already. */
  @Command(
      name = "rewrap",
      description = {
        "Wrap every data key with the active key, so that older keys can be removed.",
        "Configure both keys, make the new one active, restart the service, then run this with the"
            + " same configuration. The service goes on meanwhile; a run that was broken off"
            + " goes on where it was.",
        "Ends with 1 if values are left that no configured key opens."
      },
      mixinStandardHelpOptions = true)
  static final class Rewrap implements Callable<Integer> {

    @Mixin private DatabaseOptions database = new DatabaseOptions();

    @Override
    public Integer call() {
      SealingKeys keys = configured();
      Rewrapping.Result result = rewrap(keys);
      System.out.printf(
          "%d values are now wrapped with key %s.%n", result.rewrapped(), keys.activeId());
      result
          .left()
          .forEach(
              (key, count) ->
                  System.out.printf("%d values of key %s cannot be opened.%n", count, key));
      if (result.left().isEmpty()) {
        System.out.println("No other key is needed any more.");
      }
      return result.left().isEmpty() ? 0 : 1;
    }

    private Rewrapping.Result rewrap(SealingKeys keys) {
      try (Connection connection = database.connect();
          ConsoleProgress progress = new ConsoleProgress("keys")) {
        Rewrapping rewrapping = new Rewrapping(keys, connection);
        long all = rewrapping.outstanding();
        return rewrapping.run(done -> progress.update("wrapping data keys", done, all));
      } catch (SQLException e) {
        throw new CommandException(
            "the sealed values cannot be rewrapped: may this user select and update sealed_value?");
      }
    }
  }
}
