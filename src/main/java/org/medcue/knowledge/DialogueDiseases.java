package org.medcue.knowledge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The diseases of the dialogue model (DDN paper, section 3.1 and appendix A.2), found by ICD-10
 * code or by name. What is none of them is {@link #other()}, as the paper's annotators did.
 */
public final class DialogueDiseases {

  static final String NAME = "dialogue-diseases";

  private static final String FILE = "diseases.tsv";
  private static final int CATEGORY = 3;
  private static final Pattern PREFIX = Pattern.compile("[A-Z][0-9]{2}(\\.[0-9A-Z]{1,4})?");
  // The first part names the disease, the rest what comes with it
  private static final Pattern PARTS = Pattern.compile("[,、;。:()\\[\\]【】/]|伴|合并|并发| with ");
  private static final Pattern DOUBT =
      Pattern.compile(
          "排除|除外|待排|待查|疑|否认|\\?|^(无|未见|没有|不是)|\\b(no|not|rule out|suspected|possible)\\b");

  private final KnowledgeVersion version;
  private final List<DialogueDisease> diseases = new ArrayList<>();
  private final Map<String, DialogueDisease> byLabel = new HashMap<>();
  private final Map<String, DialogueDisease> byName = new HashMap<>();
  private final Map<String, DialogueDisease> byPrefix = new HashMap<>();
  private final int longestName;
  private final int longestPrefix;

  DialogueDiseases(KnowledgeFolder folder) {
    version = folder.version();
    folder.rows(FILE, 5).forEach(row -> add(folder, row));
    if (diseases.isEmpty() || other().department() != DialogueDisease.Department.NONE) {
      throw folder.invalid(FILE, "the last label must take the rest and be of no department");
    }
    longestName = byName.keySet().stream().mapToInt(String::length).max().orElse(0);
    longestPrefix = byPrefix.keySet().stream().mapToInt(String::length).max().orElse(0);
  }

  private void add(KnowledgeFolder folder, String[] row) {
    DialogueDisease disease =
        new DialogueDisease(
            diseases.size(),
            row[0],
            row[1],
            department(folder, row[2]),
            cells(row[3], " "),
            cells(row[4], ";"));
    diseases.add(disease);
    byLabel.put(disease.label(), disease);
    Stream<String> names = Stream.of(disease.label(), disease.english());
    Stream.concat(names, disease.names().stream())
        .forEach(name -> addUnique(folder, byName, SurfaceForm.of(name), disease));
    for (String prefix : disease.icd10()) {
      if (!PREFIX.matcher(prefix).matches()) {
        throw folder.invalid(FILE, prefix + " is no ICD-10 category or code");
      }
      addUnique(folder, byPrefix, prefix.replace(".", ""), disease);
    }
  }

  private static void addUnique(
      KnowledgeFolder folder, Map<String, DialogueDisease> map, String key, DialogueDisease value) {
    DialogueDisease before = map.put(key, value);
    if (key.isBlank() || before != null) {
      throw folder.invalid(
          FILE, "\"" + key + "\" of " + value.label() + " is empty or occurs twice");
    }
  }

  private static DialogueDisease.Department department(KnowledgeFolder folder, String name) {
    try {
      return DialogueDisease.Department.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw folder.invalid(FILE, "no department " + name);
    }
  }

  private static List<String> cells(String text, String separator) {
    return text.isEmpty() ? List.of() : List.of(text.split(separator));
  }

  /** Name and version, for models and logs. */
  public KnowledgeVersion version() {
    return version;
  }

  /** The diseases in the order of the model's inputs; the last one takes the rest. */
  public List<DialogueDisease> diseases() {
    return List.copyOf(diseases);
  }

  /** Another disease, or none diagnosed. */
  public DialogueDisease other() {
    return diseases.get(diseases.size() - 1);
  }

  /** The disease with exactly this label. */
  public Optional<DialogueDisease> ofLabel(String label) {
    return Optional.ofNullable(byLabel.get(label));
  }

  /**
   * The disease that an ICD-10 code means, by the longest prefix that fits.
   *
   * @param icd10 a code of ICD-10 or of a national edition, with or without dot, in any case
   * @return {@link #other()} if no prefix fits
   */
  public DialogueDisease ofCode(String icd10) {
    String code = icd10.strip().toUpperCase(Locale.ROOT).replace(".", "");
    for (int length = Math.min(code.length(), longestPrefix); length >= CATEGORY; length--) {
      DialogueDisease disease = byPrefix.get(code.substring(0, length));
      if (disease != null) {
        return disease;
      }
    }
    return other();
  }

  /**
   * The disease that a diagnosis in words means: a known name, or one with words before it, as in
   * 慢性浅表性胃炎; what follows behind punctuation is left out.
   *
   * @param diagnosis the text of one diagnosis
   * @return {@link #other()} if there is no such name, or the text doubts or denies it
   */
  public DialogueDisease ofName(String diagnosis) {
    String form = SurfaceForm.of(diagnosis).strip();
    DialogueDisease exact = byName.get(form);
    if (exact != null) {
      return exact;
    }
    if (DOUBT.matcher(form).find()) {
      return other();
    }
    return PARTS
        .splitAsStream(form)
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .findFirst()
        .flatMap(this::endingOf)
        .orElse(other());
  }

  private Optional<DialogueDisease> endingOf(String part) {
    for (int at = Math.max(0, part.length() - longestName); at < part.length(); at++) {
      DialogueDisease disease = byName.get(part.substring(at));
      if (disease != null && SurfaceForm.isWhole(part, at, part.length())) {
        return Optional.of(disease);
      }
    }
    return Optional.empty();
  }
}
