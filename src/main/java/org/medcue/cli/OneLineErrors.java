package org.medcue.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.medcue.fhir.FhirException;
import org.medcue.knowledge.KnowledgeException;
import org.medcue.model.ModelException;
import org.medcue.platform.sealing.SealingException;
import org.medcue.training.TrainingException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Prints one line for what a user can mend. Anything else is a fault of ours and keeps its stack
 * trace.
 */
final class OneLineErrors implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(Exception error, CommandLine command, ParseResult parsed)
      throws Exception {
    if (error instanceof FhirException
        || error instanceof KnowledgeException
        || error instanceof ModelException
        || error instanceof TrainingException
        || error instanceof SealingException
        || error instanceof CommandException) {
      command.getErr().println("medcue: " + error.getMessage());
      return command.getCommandSpec().exitCodeOnExecutionException();
    }
    if (error instanceof IOException || error instanceof UncheckedIOException) {
      command.getErr().println("medcue: cannot read or write: " + error.getMessage());
      return command.getCommandSpec().exitCodeOnExecutionException();
    }
    throw error;
  }
}
