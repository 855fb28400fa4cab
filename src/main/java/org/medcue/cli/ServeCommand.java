package org.medcue.cli;

import io.quarkus.runtime.Quarkus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Brings the web service up and blocks until it ends. */
@Command(
    name = "serve",
    description = {
      "Serve CDS Hooks over HTTP; this is the default command.",
      "Without quarkus.datasource.jdbc.url an embedded PostgreSQL is started."
    },
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

  @Override
  public Integer call() throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.startUnlessConfigured()) {
      database.announce();
      Quarkus.run();
      return 0;
    }
  }
}
