package org.medcue.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.medcue.audit.ChainCheck;
import org.medcue.audit.ChainCheck.Broken;
import org.medcue.audit.ChainCheck.Whole;
import org.medcue.audit.HeadKeys;
import org.medcue.audit.SignedHead;
import org.medcue.audit.StoredTrail;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What an auditor does with the trail. */
@Command(
    name = "audit",
    description = "Check the audit trail.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = AuditCommand.Verify.class)
final class AuditCommand {

  /** Checks the chain and the heads beside it. */
  @Command(
      name = "verify",
      description = {
        "Check every row of the audit trail and name the first that cannot be believed.",
        "Ends with 0 if the trail is whole, with 1 if it is not."
      },
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {

    private static final ObjectReader HEAD =
        JsonMapper.builder().addModule(new JavaTimeModule()).build().readerFor(SignedHead.class);

    @Mixin private DatabaseOptions database = new DatabaseOptions();

    @Option(
        names = "--head",
        paramLabel = "FILE",
        description =
            "A signed head that a replica wrote (medcue.audit.head-file); repeat it for each."
                + " Without one a tail that was cut goes unseen.")
    private List<Path> heads = new ArrayList<>();

    @Option(
        names = "--key",
        paramLabel = "FILE",
        description = "The Ed25519 public key in PEM that the heads are signed with.")
    private @Nullable Path key;

    @Override
    public Integer call() throws IOException {
      List<SignedHead> signed = new ArrayList<>();
      for (Path head : heads) {
        signed.add(read(head));
      }
      ChainCheck.Finding finding = check(signed);
      if (finding instanceof Broken broken) {
        System.out.printf("Broken at row %d: %s.%n", broken.seq(), broken.what());
        return 1;
      }
      print((Whole) finding);
      return 0;
    }

    private ChainCheck.Finding check(List<SignedHead> signed) {
      try (Connection connection = database.connect();
          ConsoleProgress progress = new ConsoleProgress("audit")) {
        StoredTrail trail = new StoredTrail(connection);
        long size = trail.size();
        return trail.check(signed, seq -> progress.update("checking rows", seq, size));
      } catch (SQLException e) {
        throw new CommandException(
            "the audit trail cannot be read: may this user select from audit_event?");
      }
    }

    private SignedHead read(Path file) throws IOException {
      if (key == null) {
        throw new CommandException("--head needs --key, the public key that heads are signed with");
      }
      SignedHead head;
      try {
        head = HEAD.readValue(Files.readAllBytes(file));
      } catch (JsonProcessingException e) {
        throw new CommandException(file + " is no signed head");
      }
      if (!head.isSignedBy(publicKey(key))) {
        throw new CommandException(
            file + " was not signed with that key: it was forged, or the key is another");
      }
      return head;
    }

    private static java.security.PublicKey publicKey(Path file) {
      try {
        return HeadKeys.publicKey(file);
      } catch (IllegalArgumentException e) {
        throw new CommandException(String.valueOf(e.getMessage()));
      }
    }

    private static void print(Whole whole) {
      System.out.printf("Whole: %d rows.%n", whole.rows());
      if (whole.signedTo() == 0) {
        System.out.println("No signed head was given (--head): a tail that was cut goes unseen.");
      } else {
        System.out.printf("Signed up to row %d.%n", whole.signedTo());
      }
    }
  }
}
