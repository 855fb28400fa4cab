package org.medcue.training.dialogue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.medcue.clinical.Speaker;
import org.medcue.clinical.Utterance;
import org.medcue.knowledge.DialogueDisease;
import org.medcue.knowledge.DialogueDiseases;
import org.medcue.knowledge.DialogueDrug;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.training.TrainingException;

/**
 * Labelled dialogues in the line format of the DialMed corpus: {@code label} (drugs), {@code
 * disease} and {@code dialog}, whose utterances begin with the speaker. Other fields are not read.
 */
public final class DialogueFile {

  private static final JsonMapper JSON = new JsonMapper();

  private DialogueFile() {}

  /**
   * Reads a file. A disease that is unknown, missing or one of several is {@link
   * DialogueDiseases#other()}.
   *
   * @throws TrainingException if the file or a line of it cannot be read, naming the line
   */
  public static List<LabelledDialogue> read(Path file, DialogueKnowledge knowledge) {
    return DialogueLines.of(file).stream().map(line -> dialogue(line, knowledge)).toList();
  }

  /** Those dialogues of a file in which a drug was recommended. */
  static List<LabelledDialogue> readScored(Path file, DialogueKnowledge knowledge) {
    return read(file, knowledge).stream().filter(LabelledDialogue::isScored).toList();
  }

  private static LabelledDialogue dialogue(DialogueLines.Line line, DialogueKnowledge knowledge) {
    List<DialogueDrug> drugs = new ArrayList<>();
    Set<String> others = new LinkedHashSet<>();
    for (String label : line.texts("label")) {
      Optional<DialogueDrug> drug = knowledge.drugs().ofLabel(label);
      drug.ifPresentOrElse(drugs::add, () -> others.add(label));
    }
    return new LabelledDialogue(
        line.id(),
        line.dialogue(),
        disease(line.textsIfAny("disease"), knowledge.diseases()),
        drugs,
        others);
  }

  /** The one disease that all names mean. */
  static DialogueDisease disease(List<String> names, DialogueDiseases diseases) {
    List<DialogueDisease> meant = names.stream().map(diseases::ofName).distinct().toList();
    return meant.size() == 1 ? meant.get(0) : diseases.other();
  }

  /**
   * Writes dialogues in the same format.
   *
   * @param file which must not exist yet
   * @throws TrainingException if it exists or cannot be written
   */
  public static void write(Path file, List<LabelledDialogue> dialogues) {
    List<String> lines = dialogues.stream().map(dialogue -> json(dialogue).toString()).toList();
    try {
      Files.write(file, lines, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw new TrainingException(file + " exists already: choose another file", e);
    } catch (IOException e) {
      throw new TrainingException("cannot write " + file + ": choose another file", e);
    }
  }

  private static ObjectNode json(LabelledDialogue dialogue) {
    ObjectNode json = JSON.createObjectNode();
    dialogue.drugs().forEach(drug -> json.withArray("label").add(drug.label()));
    dialogue.otherDrugs().stream().sorted().forEach(json.withArray("label")::add);
    json.putArray("disease").add(dialogue.disease().label());
    dialogue.dialogue().utterances().forEach(said -> json.withArray("dialog").add(text(said)));
    return json;
  }

  private static String text(Utterance said) {
    String speaker =
        said.speaker() == Speaker.DOCTOR ? DialogueLines.DOCTOR : DialogueLines.PATIENT;
    return speaker + "：" + said.text();
  }
}
