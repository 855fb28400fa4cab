package org.medcue.registry;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.medcue.audit.Actor;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.platform.RequestRefusedException;
import org.medcue.registry.Intake.Arrival;

/** Takes in versions of models, which are verified and tried out before they are recorded. */
@ApplicationScoped
public class VersionIntake {

  private final Intake intake;
  private final ModelRegistry folders;
  private final VersionCheck check;
  private final ModelLifeCycle lifeCycle;

  VersionIntake(
      Intake intake, ModelRegistry folders, VersionCheck check, ModelLifeCycle lifeCycle) {
    this.intake = intake;
    this.folders = folders;
    this.check = check;
    this.lifeCycle = lifeCycle;
  }

  /**
   * What was taken in, or why not.
   *
   * @param ref the version that the archive holds
   */
  public record Taken(VersionRef ref, Outcome outcome) {}

  /**
   * Takes in the archive of a version.
   *
   * @param archive zip
   * @throws RequestRefusedException 400 or 413 if it is no such archive, 503 if another one is
   *     being taken in
   * @throws ModelException if it holds no version that can be served
   */
  public Taken take(InputStream archive, Actor actor, String reason) {
    return intake.unpacked(archive, folder -> take(folder, actor, reason));
  }

  private Taken take(Path incoming, Actor actor, String reason) throws IOException {
    ModelFolder folder = ModelFolder.open(incoming);
    check.requireServable(folder);
    VersionRef ref = VersionRef.of(folder);
    Arrival arrival = new Arrival(ref.toString(), folder.digest(), incoming, folders.folderOf(ref));
    return new Taken(
        ref,
        Intake.put(
            arrival,
            there -> ModelFolder.open(there).digest(),
            () -> lifeCycle.register(folders.open(ref), actor, reason)));
  }
}
