package org.medcue.safety;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.medcue.clinical.Allergy;
import org.medcue.clinical.DrugCode;
import org.medcue.knowledge.DialogueDrug;
import org.medcue.knowledge.DrugLexicon;
import org.medcue.knowledge.DrugMention;
import org.medcue.knowledge.DrugTree;

/** Finds out which drugs an allergy means. */
final class AllergySubstances {

  /** Length of an ATC code of level 4, the chemical subgroup: {@code C09AA}. */
  private static final int LEVEL_4 = 5;

  /** An ATC code of level 4 or 5. */
  private static final Pattern ATC = Pattern.compile("\\b[A-Z]\\d{2}[A-Z]{2}(?:\\d{2})?\\b");

  /** Longer texts are reports; they are looked through no further. */
  private static final int MAX_TEXT = 500;

  /**
   * What an allergy means.
   *
   * @param ingredients keys of ingredients
   * @param classes ATC classes whose members may react alike: the level 4 classes of the
   *     ingredients, and classes that the allergy itself names
   * @param labels labels of the dialogue model
   * @param unknown a code that the drug tree does not have
   * @param cut whether there is more text than was looked through
   */
  record Named(
      Set<String> ingredients,
      Set<String> classes,
      Set<String> labels,
      Set<String> unknown,
      boolean cut) {

    Named(boolean cut) {
      this(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), cut);
    }

    /**
     * Whether it may mean more than is known here: nothing at all is known, a code without
     * substances says nothing, or only the beginning was read.
     */
    boolean mayMeanMore() {
      return cut || ingredients.equals(unknown) && classes.isEmpty() && labels.isEmpty();
    }
  }

  private final DrugTree drugs;
  private final DrugLexicon lexicon;

  /** Each drug of an answer is checked for the same ones. */
  private final Map<Allergy, Named> known = new ConcurrentHashMap<>();

  AllergySubstances(DrugTree drugs, DrugLexicon lexicon) {
    this.drugs = drugs;
    this.lexicon = lexicon;
  }

  /** Code and words together: "NSAIDs" may be charted with the reaction to one of them coded. */
  Named of(Allergy allergy) {
    return known.computeIfAbsent(allergy, this::read);
  }

  private Named read(Allergy allergy) {
    String text = allergy.text();
    String start = text.substring(0, Math.min(text.length(), MAX_TEXT));
    Named named = new Named(start.length() < text.length());
    Set<String> words = drugs.substancesNamed(start);
    words.forEach(key -> addKey(named, key));
    drugs.substancesNamed(ChineseSubstances.inEnglish(start)).forEach(key -> addKey(named, key));
    for (DrugMention mention : lexicon.find(start)) {
      String name = start.substring(mention.start(), mention.end());
      // A name in English is the tree's to read, which knows one drug of a class from another
      if (words.isEmpty() || !name.chars().allMatch(c -> c < 128)) {
        addLabel(named, mention.drug());
      }
    }
    addAtc(named, start);
    allergy.substance().ifPresent(code -> addCode(named, code));
    return named;
  }

  /** An allergy whose only name is its ATC code, as Medcue's own suggestions are coded. */
  private void addAtc(Named named, String text) {
    ATC.matcher(text)
        .results()
        .map(MatchResult::group)
        .forEach(
            atc -> {
              named.classes().add(atc.substring(0, LEVEL_4));
              lexicon.drugs().stream()
                  .filter(drug -> drug.atc().contains(atc))
                  .forEach(drug -> addLabel(named, drug));
            });
  }

  private void addCode(Named named, DrugCode code) {
    Set<String> ingredients = drugs.ingredients(code);
    if (ingredients.isEmpty()) {
      named.unknown().add(code.value());
      named.ingredients().add(code.value());
    }
    named.ingredients().addAll(ingredients);
    named.classes().addAll(level4(drugs.classes(code)));
  }

  private void addKey(Named named, String key) {
    if (Character.isUpperCase(key.charAt(0))) {
      named.classes().add(key);
    } else {
      named.ingredients().add(key);
      named.classes().addAll(level4(classesOf(key)));
    }
  }

  /** Which of several drugs a label means here is not known: those may react alike. */
  private static void addLabel(Named named, DialogueDrug label) {
    named.labels().add(label.label());
    label.atc().stream()
        .filter(atc -> atc.length() >= LEVEL_4)
        .forEach(atc -> named.classes().add(atc.substring(0, LEVEL_4)));
    if (label.preparations().size() == 1) {
      label.preparations().get(0).forEach(code -> named.ingredients().add(code.value()));
    }
  }

  private Collection<String> classesOf(String ingredient) {
    return Character.isDigit(ingredient.charAt(0))
        ? drugs.classes(new DrugCode(ingredient))
        : drugs.path(ingredient).stream().filter(node -> !node.equals(ingredient)).toList();
  }

  private static Set<String> level4(Collection<String> classes) {
    Set<String> chosen = new TreeSet<>();
    classes.stream().filter(atc -> atc.length() == LEVEL_4).forEach(chosen::add);
    return chosen;
  }
}
