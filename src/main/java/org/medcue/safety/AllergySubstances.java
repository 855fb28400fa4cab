package org.medcue.safety;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.medcue.clinical.Allergy;
import org.medcue.clinical.DrugCode;
import org.medcue.knowledge.DrugTree;

/** Finds out which drugs an allergy means. */
final class AllergySubstances {

  /** Length of an ATC code of level 4, the chemical subgroup: {@code C09AA}. */
  private static final int LEVEL_4 = 5;

  /**
   * What an allergy means.
   *
   * @param ingredients keys of ingredients
   * @param classes ATC classes whose members may react alike: the level 4 classes of the
   *     ingredients, and classes that the allergy itself names
   */
  record Named(Set<String> ingredients, Set<String> classes) {
    boolean isEmpty() {
      return ingredients.isEmpty() && classes.isEmpty();
    }
  }

  private final DrugTree drugs;

  AllergySubstances(DrugTree drugs) {
    this.drugs = drugs;
  }

  /** Code and words together: "NSAIDs" may be charted with the reaction to one of them coded. */
  Named of(Allergy allergy) {
    Named named = named(allergy.text());
    allergy
        .substance()
        .ifPresent(
            code -> {
              named.ingredients().addAll(drugs.ingredients(code));
              named.classes().addAll(level4(drugs.classes(code)));
            });
    return named;
  }

  private Named named(String text) {
    Set<String> ingredients = new TreeSet<>();
    Set<String> classes = new TreeSet<>();
    for (String key : drugs.substancesNamed(text)) {
      if (Character.isUpperCase(key.charAt(0))) {
        classes.add(key);
      } else {
        ingredients.add(key);
        classes.addAll(level4(classesOf(key)));
      }
    }
    return new Named(ingredients, classes);
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
