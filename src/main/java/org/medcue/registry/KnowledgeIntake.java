package org.medcue.registry;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.medcue.audit.Actor;
import org.medcue.knowledge.KnowledgeException;
import org.medcue.knowledge.KnowledgeFolder;
import org.medcue.knowledge.KnowledgeLibrary;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.platform.RequestRefusedException;
import org.medcue.registry.Intake.Arrival;

/** Takes in versions of knowledge, which are verified and read before they are recorded. */
@ApplicationScoped
class KnowledgeIntake {

  private final Intake intake;
  private final Path root;
  private final KnowledgeLibrary library;
  private final KnowledgeRegister register;

  KnowledgeIntake(
      Intake intake, RegistryConfig config, KnowledgeLibrary library, KnowledgeRegister register) {
    this.intake = intake;
    this.root = config.path();
    this.library = library;
    this.register = register;
  }

  /**
   * Takes in the archive of a version. One that is registered is no refusal, if it is the very
   * same: a replica that lacks its folder has it then.
   *
   * @param version what it is: its files do not say
   * @param archive zip
   * @throws RequestRefusedException 400 or 413 if it is no such archive, 503 if too many are being
   *     taken in
   * @throws KnowledgeException if it does not hold such knowledge
   */
  Outcome take(KnowledgeVersion version, InputStream archive, Actor actor, String reason) {
    return intake.unpacked(archive, folder -> take(version, folder, actor, reason));
  }

  private Outcome take(KnowledgeVersion version, Path incoming, Actor actor, String reason)
      throws IOException {
    try {
      KnowledgeFolder folder = KnowledgeFolder.read(incoming, version);
      library.requireReadable(folder, register.all());
      Path target = KnowledgeFolder.pathOf(root, version);
      return Intake.put(
          new Arrival(version.toString(), folder.digest(), incoming, target),
          new Rows(version, actor, reason));
    } catch (KnowledgeException e) {
      String told = VersionFaults.without(incoming, String.valueOf(e.getMessage()));
      throw new KnowledgeException(VersionFaults.without(root, told), e);
    }
  }

  /** The table of knowledge. */
  private final class Rows implements Intake.Register {

    private final KnowledgeVersion version;
    private final Actor actor;
    private final String reason;

    Rows(KnowledgeVersion version, Actor actor, String reason) {
      this.version = version;
      this.actor = actor;
      this.reason = reason;
    }

    @Override
    public Optional<String> recorded() {
      return register.has(version) ? Optional.of(register.digestOf(version)) : Optional.empty();
    }

    @Override
    public String digestAt(Path folder) {
      return KnowledgeFolder.read(folder, version).digest();
    }

    @Override
    public Outcome record() {
      return register.register(KnowledgeFolder.open(root, version), actor, reason);
    }
  }
}
