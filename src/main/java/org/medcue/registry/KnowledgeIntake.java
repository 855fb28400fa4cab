package org.medcue.registry;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
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
   * Takes in the archive of a version.
   *
   * @param version what it is: its files do not say
   * @param archive zip
   * @throws RequestRefusedException 400 or 413 if it is no such archive, 503 if another one is
   *     being taken in
   * @throws KnowledgeException if it does not hold such knowledge
   */
  Outcome take(KnowledgeVersion version, InputStream archive, Actor actor, String reason) {
    return intake.unpacked(archive, folder -> take(version, folder, actor, reason));
  }

  private Outcome take(KnowledgeVersion version, Path incoming, Actor actor, String reason)
      throws IOException {
    KnowledgeFolder folder = KnowledgeFolder.read(incoming, version);
    library.requireReadable(folder, register.all());
    Arrival arrival =
        new Arrival(
            version.toString(), folder.digest(), incoming, KnowledgeFolder.pathOf(root, version));
    return Intake.put(
        arrival,
        there -> KnowledgeFolder.read(there, version).digest(),
        () -> register.register(KnowledgeFolder.open(root, version), actor, reason));
  }
}
