package org.medcue.knowledge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.medcue.clinical.DrugCode;

/**
 * The drugs of the dialogue model and what they are called (the normalisation of medications in the
 * DDN paper, appendix A.2): generic, trade and colloquial names, misspellings.
 */
public final class DrugLexicon {

  static final String NAME = "dialogue-drugs";

  private static final String DRUGS = "drugs.tsv";
  private static final String NAMES = "names.tsv";
  private static final String ANOTHER_DRUG = "-";
  private static final Pattern ATC = Pattern.compile("[A-Z][0-9]{2}[A-Z]([A-Z]([0-9]{2})?)?");

  /** A name that fits a text; the drug is empty for one that is not among the labels. */
  private record Fit(int end, Optional<DialogueDrug> drug) {}

  private final KnowledgeVersion version;
  private final List<DialogueDrug> drugs = new ArrayList<>();
  private final Map<String, DialogueDrug> byLabel = new HashMap<>();
  private final Map<String, Optional<DialogueDrug>> byName = new HashMap<>();
  private final int longest;

  DrugLexicon(KnowledgeFolder folder) {
    version = folder.version();
    List<String[]> names = folder.rows(NAMES, 2);
    Map<String, List<String>> namesOf =
        names.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row[1], Collectors.mapping(row -> row[0], Collectors.toList())));
    for (String[] row : folder.rows(DRUGS, 5)) {
      add(folder, row, namesOf.getOrDefault(row[0], List.of()));
    }
    names.forEach(row -> addName(folder, row[0], row[1]));
    longest = byName.keySet().stream().mapToInt(String::length).max().orElse(0);
  }

  private void add(KnowledgeFolder folder, String[] row, List<String> names) {
    if (!names.contains(row[0])) {
      throw folder.invalid(NAMES, "the label " + row[0] + " is not among its own names");
    }
    try {
      List<Set<DrugCode>> preparations = cells(row[2]).map(DrugLexicon::codes).toList();
      DialogueDrug.Kind kind = DialogueDrug.Kind.valueOf(row[4].toUpperCase(Locale.ROOT));
      DialogueDrug drug =
          new DialogueDrug(
              drugs.size(), row[0], row[1], preparations, cells(row[3]).toList(), kind, names);
      if (!drug.atc().stream().allMatch(code -> ATC.matcher(code).matches())) {
        throw folder.invalid(DRUGS, row[0] + " has an ATC code that is none");
      }
      if (byLabel.put(row[0], drug) != null) {
        throw folder.invalid(DRUGS, row[0] + " occurs twice");
      }
      drugs.add(drug);
    } catch (IllegalArgumentException e) {
      throw folder.invalid(DRUGS, row[0] + ": " + e.getMessage());
    }
  }

  private void addName(KnowledgeFolder folder, String name, String label) {
    DialogueDrug drug = byLabel.get(label);
    if (drug == null && !label.equals(ANOTHER_DRUG)) {
      throw folder.invalid(NAMES, name + " means " + label + ", which is no label of " + DRUGS);
    }
    Optional<DialogueDrug> meant = Optional.ofNullable(drug);
    Optional<DialogueDrug> before = byName.put(SurfaceForm.of(name), meant);
    if (name.isBlank() || (before != null && !before.equals(meant))) {
      throw folder.invalid(NAMES, "the name " + name + " is empty or has two meanings");
    }
  }

  private static Set<DrugCode> codes(String preparation) {
    return Stream.of(preparation.split("\\+")).map(DrugCode::new).collect(Collectors.toSet());
  }

  private static Stream<String> cells(String text) {
    return text.isEmpty() ? Stream.empty() : Stream.of(text.split(" "));
  }

  /** Name and version, for models and logs. */
  public KnowledgeVersion version() {
    return version;
  }

  /** The drugs in the order of the model's outputs. */
  public List<DialogueDrug> drugs() {
    return List.copyOf(drugs);
  }

  /** The drug with exactly this label. */
  public Optional<DialogueDrug> ofLabel(String label) {
    return Optional.ofNullable(byLabel.get(label));
  }

  /**
   * The drugs that a text names, from left to right and without overlap; where several names begin
   * at one place, the longest. Upper and lower case, full and half width, traditional and
   * simplified characters are the same.
   */
  public List<DrugMention> find(String text) {
    String form = SurfaceForm.of(text);
    List<DrugMention> mentions = new ArrayList<>();
    int at = 0;
    while (at < form.length()) {
      Optional<Fit> fit = longestAt(form, at);
      int start = at;
      fit.flatMap(Fit::drug)
          .ifPresent(drug -> mentions.add(new DrugMention(start, fit.get().end(), drug)));
      at = fit.map(Fit::end).orElse(at + 1);
    }
    return mentions;
  }

  private Optional<Fit> longestAt(String form, int start) {
    for (int end = Math.min(form.length(), start + longest); end > start; end--) {
      Optional<DialogueDrug> drug = byName.get(form.substring(start, end));
      if (drug != null && SurfaceForm.isWhole(form, start, end)) {
        return Optional.of(new Fit(end, drug));
      }
    }
    return Optional.empty();
  }
}
