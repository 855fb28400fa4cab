package org.medcue.safety;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.medcue.clinical.Drug;
import org.medcue.clinical.DrugCode;
import org.medcue.knowledge.DialogueDrug;
import org.medcue.knowledge.DrugLexicon;
import org.medcue.knowledge.DrugTree;

/** What a drug contains; of a label, what any drug that it stands for contains. */
final class DrugSubstances {

  private static final int[] ATC_LENGTHS = {1, 3, 4, 5, 7};

  private final DrugTree tree;
  private final DrugLexicon lexicon;

  DrugSubstances(DrugTree tree, DrugLexicon lexicon) {
    this.tree = tree;
    this.lexicon = lexicon;
  }

  /** Keys of ingredients, as the drug tree gives them. Empty if none is known. */
  Set<String> ingredients(Drug drug) {
    if (drug instanceof DrugCode product) {
      return tree.ingredients(product);
    }
    Set<String> keys = new TreeSet<>();
    codes(drug).forEach(code -> keys.add(code.value()));
    return keys;
  }

  /** ATC codes at all levels, of the drug and of each of its ingredients. Empty if unknown. */
  Set<String> classes(Drug drug) {
    if (drug instanceof DrugCode product) {
      return tree.classes(product);
    }
    Set<String> classes = new TreeSet<>();
    label(drug).forEach(label -> label.atc().forEach(atc -> classes.addAll(levels(atc))));
    codes(drug).forEach(code -> classes.addAll(tree.classes(code)));
    return classes;
  }

  private Stream<DialogueDrug> label(Drug drug) {
    return lexicon.ofLabel(drug.value()).stream();
  }

  private Stream<DrugCode> codes(Drug drug) {
    return label(drug).flatMap(label -> label.preparations().stream()).flatMap(Set::stream);
  }

  private static List<String> levels(String atc) {
    return Arrays.stream(ATC_LENGTHS)
        .filter(length -> length <= atc.length())
        .mapToObj(length -> atc.substring(0, length))
        .toList();
  }
}
