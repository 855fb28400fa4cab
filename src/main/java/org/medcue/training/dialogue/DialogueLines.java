package org.medcue.training.dialogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.Speaker;
import org.medcue.clinical.Utterance;
import org.medcue.training.TrainingException;

/**
 * The lines of a file of dialogues, a JSON object each. Errors name file and line, never a word of
 * what was said; so they carry no cause, which would.
 */
final class DialogueLines {

  static final String PATIENT = "患者";
  static final String DOCTOR = "医生";

  private static final Pattern SAID =
      Pattern.compile("\\s*(" + PATIENT + "|" + DOCTOR + ")\\s*[：:](.*)", Pattern.DOTALL);
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private DialogueLines() {}

  /** All lines that are not blank. */
  static List<Line> of(Path file) {
    String name = String.valueOf(file.getFileName());
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new TrainingException("cannot read " + file + ": check that the file is there", e);
    }
    List<Line> lines = new ArrayList<>();
    int start = 0;
    for (int number = 1; start < bytes.length; number++) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      Position position = new Position(name, number);
      String text = position.decode(ByteBuffer.wrap(bytes, start, end - start));
      if (!text.isBlank()) {
        lines.add(new Line(position, position.parse(text)));
      }
      start = end + 1;
    }
    return lines;
  }

  private record Position(String file, int number) {

    TrainingException refuse(String reason) {
      return new TrainingException(file + ", line " + number + ": " + reason);
    }

    String decode(ByteBuffer bytes) {
      try {
        String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
      } catch (CharacterCodingException e) {
        throw refuse("not UTF-8; convert the file");
      }
    }

    JsonNode parse(String text) {
      try {
        JsonNode json = JSON.readTree(text);
        if (json.isObject()) {
          return json;
        }
      } catch (JsonProcessingException e) {
        // Its message quotes the line
      }
      throw refuse("not a whole JSON object; write one dialogue to a line");
    }
  }

  /** A line and where it stands. */
  record Line(Position position, JsonNode json) {

    /** File without extension, and line. */
    String id() {
      return position.file().replaceFirst("\\.[^.]*$", "") + ":" + position.number();
    }

    /**
     * Field {@code dialog}: utterances that begin with the speaker and a colon. One without words
     * is left out.
     */
    Dialogue dialogue() {
      List<Utterance> said = new ArrayList<>();
      for (String text : texts("dialog")) {
        Matcher matcher = SAID.matcher(text);
        if (!matcher.matches()) {
          throw position.refuse(
              "an utterance of \"dialog\" does not begin with " + PATIENT + "： or " + DOCTOR + "：");
        }
        if (!matcher.group(2).isBlank()) {
          Speaker speaker = matcher.group(1).equals(DOCTOR) ? Speaker.DOCTOR : Speaker.PATIENT;
          said.add(new Utterance(speaker, matcher.group(2)));
        }
      }
      if (said.isEmpty()) {
        throw position.refuse("\"dialog\" has no utterance; leave the line out");
      }
      return new Dialogue(said);
    }

    /** A field that must be a list of texts. */
    List<String> texts(String field) {
      if (!json.path(field).isArray()) {
        throw position.refuse("\"" + field + "\" is not a list of texts");
      }
      return textsIfAny(field);
    }

    /** A field that is a list of texts, or one text, or not there. */
    List<String> textsIfAny(String field) {
      JsonNode value = json.path(field);
      List<String> texts = new ArrayList<>();
      if (value.isTextual()) {
        texts.add(value.textValue());
      } else if (value.isArray()) {
        value.forEach(element -> texts.add(text(field, element)));
      } else if (!value.isMissingNode() && !value.isNull()) {
        throw position.refuse("\"" + field + "\" is neither a text nor a list of texts");
      }
      return texts.stream().map(String::strip).filter(text -> !text.isEmpty()).toList();
    }

    private String text(String field, JsonNode element) {
      if (!element.isTextual()) {
        throw position.refuse("\"" + field + "\" has an element that is not a text");
      }
      return element.textValue();
    }
  }
}
