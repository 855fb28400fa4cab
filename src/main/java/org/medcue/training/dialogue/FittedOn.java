package org.medcue.training.dialogue;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.medcue.clinical.Utterance;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;

/**
 * Which dialogues a version was fitted on, by digests from which no word can be read: figures of an
 * evaluation on these would flatter it.
 *
 * @param digests of what was said
 */
public record FittedOn(SortedSet<String> digests) {

  private static final String FILE = "fitted-on.json";
  private static final JsonMapper JSON = new JsonMapper();

  /** In hexadecimal digits: enough to tell millions of dialogues apart. */
  private static final int LENGTH = 16;

  public FittedOn {
    digests = Collections.unmodifiableSortedSet(new TreeSet<>(requireNonNull(digests, "digests")));
  }

  static FittedOn of(List<LabelledDialogue> dialogues) {
    SortedSet<String> digests = new TreeSet<>();
    dialogues.forEach(dialogue -> digests.add(digest(dialogue)));
    return new FittedOn(digests);
  }

  /**
   * Those of a version.
   *
   * @throws ModelException if it states none
   */
  public static FittedOn of(ModelFolder folder) {
    return folder.read(FILE, FittedOn.class);
  }

  /** How many of some dialogues are among them. */
  public int among(List<LabelledDialogue> dialogues) {
    return (int) dialogues.stream().filter(d -> digests.contains(digest(d))).count();
  }

  void write(Path folder) throws IOException {
    JSON.writeValue(folder.resolve(FILE).toFile(), this);
  }

  private static String digest(LabelledDialogue dialogue) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Utterance said : dialogue.dialogue().utterances()) {
        digest.update((said.speaker() + said.text() + '\n').getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
