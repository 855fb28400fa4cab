package org.medcue.registry;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
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
  private final Assignments assignments;

  VersionIntake(
      Intake intake,
      ModelRegistry folders,
      VersionCheck check,
      ModelLifeCycle lifeCycle,
      Assignments assignments) {
    this.intake = intake;
    this.folders = folders;
    this.check = check;
    this.lifeCycle = lifeCycle;
    this.assignments = assignments;
  }

  /**
   * What was taken in, or why not.
   *
   * @param ref the version that the archive holds
   */
  public record Taken(VersionRef ref, Outcome outcome) {}

  /**
   * Takes in the archive of a version. One that is registered is no refusal, if it is the very
   * same: a replica that lacks its folder has it then.
   *
   * @param archive zip
   * @throws RequestRefusedException 400 or 413 if it is no such archive, 503 if too many are being
   *     taken in
   * @throws ModelException if it holds no version that can be served
   */
  public Taken take(InputStream archive, Actor actor, String reason) {
    return intake.unpacked(archive, folder -> take(folder, actor, reason));
  }

  private Taken take(Path incoming, Actor actor, String reason) throws IOException {
    ModelFolder folder = VersionFaults.inWords(incoming, () -> ModelFolder.open(incoming));
    VersionRef ref = VersionRef.of(folder);
    check.requireServable(folder);
    Arrival arrival = new Arrival(ref.toString(), folder.digest(), incoming, folders.folderOf(ref));
    return new Taken(ref, Intake.put(arrival, new Rows(ref, actor, reason)));
  }

  /** The table of versions. */
  private final class Rows implements Intake.Register {

    private final VersionRef ref;
    private final Actor actor;
    private final String reason;

    Rows(VersionRef ref, Actor actor, String reason) {
      this.ref = ref;
      this.actor = actor;
      this.reason = reason;
    }

    @Override
    public Optional<String> recorded() {
      return assignments.registered(ref).map(Assignment.Assigned::digest);
    }

    @Override
    public String digestAt(Path folder) {
      return VersionFaults.inWords(folders.root(), () -> ModelFolder.open(folder).digest());
    }

    @Override
    public Outcome record() {
      return lifeCycle.register(folders.open(ref), actor, reason);
    }
  }
}
