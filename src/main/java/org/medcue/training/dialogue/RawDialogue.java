package org.medcue.training.dialogue;

import java.nio.file.Path;
import java.util.List;
import org.medcue.clinical.Dialogue;
import org.medcue.training.TrainingException;

/**
 * A dialogue as it was held, drugs and all.
 *
 * @param id file and line
 * @param dialogue without marks
 * @param diagnoses names of what was diagnosed; empty if nobody recorded it
 */
public record RawDialogue(String id, Dialogue dialogue, List<String> diagnoses) {

  public RawDialogue {
    diagnoses = List.copyOf(diagnoses);
  }

  /**
   * Reads a file with a JSON object a line: {@code dialog} as in {@link DialogueFile}, and {@code
   * disease}, a text or a list, where it is known.
   *
   * @throws TrainingException if the file or a line of it cannot be read, naming the line
   */
  public static List<RawDialogue> read(Path file) {
    return DialogueLines.of(file).stream()
        .map(line -> new RawDialogue(line.id(), line.dialogue(), line.textsIfAny("disease")))
        .toList();
  }
}
