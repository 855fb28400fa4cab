package org.medcue.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;

/** The one main class. Only {@code serve} boots the web service; the others run in a plain JVM. */
@QuarkusMain
@Command(
    name = "medcue",
    description = "Medication decision support: serves CDS Hooks, trains and evaluates models.",
    mixinStandardHelpOptions = true,
    versionProvider = Medcue.Version.class,
    subcommands = {
      ServeCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      CompareCommand.class,
      CorpusCommand.class,
      TenantCommand.class,
      RegistryCommand.class,
      ReplayCommand.class,
      BenchmarkCommand.class,
      AuditCommand.class,
      KeysCommand.class,
      HelpCommand.class
    })
public final class Medcue {

  /** Runs a command; without one, serves. */
  public static void main(String... args) {
    String[] command = args.length == 0 ? new String[] {"serve"} : args;
    // Without Quarkus nothing configures logging; serve sets its own levels later.
    Logger.getLogger("").setLevel(Level.WARNING);
    System.exit(commandLine().execute(command));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Medcue())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(new OneLineErrors())
        .setParameterExceptionHandler(Medcue::usageError);
  }

  private static int usageError(ParameterException error, String[] args) {
    CommandLine command = error.getCommandLine();
    command.getErr().println("medcue: " + error.getMessage());
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /** The version of the build. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Medcue.class.getPackage().getImplementationVersion();
      return new String[] {"medcue " + (version == null ? "(unpackaged)" : version)};
    }
  }
}
