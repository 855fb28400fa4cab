package org.medcue.model.visits;

import java.util.Optional;
import java.util.regex.Pattern;
import org.medcue.knowledge.DrugTree;

/** The level of the drug tree that a model predicts, since hospitals differ. */
public enum LabelSpace {
  /** RxNorm clinical drugs, as ordered. */
  PRODUCT("product"),
  /** Ingredients, or combinations of them. */
  INGREDIENT("ingredient"),
  /** ATC level 4, five characters. */
  ATC4("chemical subgroup (ATC level 4)"),
  /** ATC level 3, four characters. */
  ATC3("pharmacological subgroup (ATC level 3)");

  private static final Pattern ATC = Pattern.compile("[A-Z]([0-9]{2}([A-Z]([A-Z]([0-9]{2})?)?)?)?");

  private final String words;

  LabelSpace(String words) {
    this.words = words;
  }

  /** What one label is, for people: "ingredient". */
  public String words() {
    return words;
  }

  /**
   * The label of a drug.
   *
   * @param rxcui an RxNorm code
   * @return empty for a drug that has no place at this level
   */
  Optional<String> labelOf(String rxcui, DrugTree tree) {
    return switch (this) {
      case PRODUCT -> Optional.of(rxcui);
      case INGREDIENT ->
          tree.path(rxcui).stream().filter(LabelSpace::isSubstance).reduce((a, b) -> b);
      case ATC4 -> tree.path(rxcui).stream().filter(node -> isAtc(node, 5)).findFirst();
      case ATC3 -> tree.path(rxcui).stream().filter(node -> isAtc(node, 4)).findFirst();
    };
  }

  private static boolean isAtc(String node, int length) {
    return node.length() == length && ATC.matcher(node).matches();
  }

  // A path is: product, substance, ATC levels 5 to 1, root.
  private static boolean isSubstance(String node) {
    return !node.equals(DrugTree.ROOT) && !ATC.matcher(node).matches();
  }
}
