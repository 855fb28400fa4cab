package org.medcue.training.dialogue;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;

/** The rules of a version of DDN, one for each protocol. */
public record Decisions(DecisionRule clinical, DecisionRule paper) {

  private static final String FILE = "decisions.json";
  private static final JsonMapper JSON = new JsonMapper();

  /** A field that a JSON file lacks would arrive as null: refused, by name. */
  public Decisions {
    requireNonNull(clinical, "clinical");
    requireNonNull(paper, "paper");
  }

  /**
   * Those of a version.
   *
   * @throws ModelException if it states none
   */
  public static Decisions of(ModelFolder folder) {
    return folder.read(FILE, Decisions.class);
  }

  /** The rule under a protocol. */
  public DecisionRule under(Protocol protocol) {
    return protocol == Protocol.CLINICAL ? clinical : paper;
  }

  void write(Path folder) throws IOException {
    JSON.writeValue(folder.resolve(FILE).toFile(), this);
  }
}
