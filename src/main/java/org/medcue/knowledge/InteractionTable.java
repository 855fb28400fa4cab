package org.medcue.knowledge;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.medcue.clinical.DrugCode;

/**
 * Well-known drug interactions by ingredient or ATC class, to measure how many of the drugs that
 * are predicted, or were prescribed, for one visit interact. Neither complete nor graded: no
 * substitute for an interaction check of orders. No model cites it, since none is trained with it.
 */
public final class InteractionTable {

  static final String NAME = "interactions";

  private static final KnowledgeVersion BUNDLED = new KnowledgeVersion(NAME, "1.0.0");
  private static final String FILE = "interactions.tsv";
  private static final Pattern ATC = Pattern.compile("[A-Z]([0-9]{2}([A-Z]([A-Z]([0-9]{2})?)?)?)?");

  private record Row(Set<String> one, Set<String> other, String effect) {}

  /** The rows that name a drug, by column. */
  private record Named(BitSet one, BitSet other) {

    /** The first row that names this drug in one column and another drug in the other, or −1. */
    int firstRowWith(Named drug) {
      BitSet rows = and(one, drug.other);
      rows.or(and(other, drug.one));
      return rows.nextSetBit(0);
    }

    private static BitSet and(BitSet first, BitSet second) {
      BitSet both = (BitSet) first.clone();
      both.and(second);
      return both;
    }
  }

  private final KnowledgeVersion version;
  private final DrugTree drugs;
  private final List<Row> rows = new ArrayList<>();
  private final Map<DrugCode, Named> named = new ConcurrentHashMap<>();

  InteractionTable(KnowledgeFolder folder, DrugTree drugs) {
    this.version = folder.version();
    this.drugs = drugs;
    for (String[] row : folder.rows(FILE, 3)) {
      rows.add(new Row(keys(folder, row[0]), keys(folder, row[1]), row[2]));
    }
  }

  /** The current version. */
  public static KnowledgeVersion bundled() {
    return BUNDLED;
  }

  /**
   * Reads and verifies a version.
   *
   * @param modelRegistry the folder {@code model-registry}
   * @param drugs says which ingredients and classes a drug has
   * @throws KnowledgeException if the table is missing, changed, or names an ingredient that the
   *     tree does not have
   */
  public static InteractionTable load(
      Path modelRegistry, KnowledgeVersion version, DrugTree drugs) {
    return new InteractionTable(KnowledgeFolder.open(modelRegistry, version), drugs);
  }

  private Set<String> keys(KnowledgeFolder folder, String cell) {
    Set<String> keys = Set.copyOf(List.of(cell.split(" ")));
    for (String key : keys) {
      // Classes may lie outside the tree, whose drugs are only some of those of the world
      if (!ATC.matcher(key).matches() && !drugs.hasSubstance(key)) {
        throw folder.invalid(FILE, "no ingredient or ATC code " + key);
      }
    }
    return keys;
  }

  /** Name and version, for reports. */
  public KnowledgeVersion version() {
    return version;
  }

  /** Whether two drugs interact, in either order. Drugs that the tree does not know never do. */
  public boolean interacts(DrugCode one, DrugCode other) {
    return effect(one, other).isPresent();
  }

  /** What may happen when two drugs are taken together, by the first row that says so. */
  public Optional<String> effect(DrugCode one, DrugCode other) {
    int row = namedOf(one).firstRowWith(namedOf(other));
    return row < 0 ? Optional.empty() : Optional.of(rows.get(row).effect());
  }

  /**
   * How many pairs among drugs interact. The rate of a visit is this over n·(n−1)/2 for its n
   * drugs.
   */
  public int interactingPairs(Set<DrugCode> together) {
    List<DrugCode> list = List.copyOf(together);
    int pairs = 0;
    for (int i = 0; i < list.size(); i++) {
      for (int j = 0; j < i; j++) {
        pairs += interacts(list.get(i), list.get(j)) ? 1 : 0;
      }
    }
    return pairs;
  }

  private Named namedOf(DrugCode drug) {
    return named.computeIfAbsent(drug, this::find);
  }

  private Named find(DrugCode drug) {
    Set<String> substances = new HashSet<>(drugs.ingredients(drug));
    substances.addAll(drugs.classes(drug));
    Named found = new Named(new BitSet(), new BitSet());
    for (int i = 0; i < rows.size(); i++) {
      found.one().set(i, !Collections.disjoint(rows.get(i).one(), substances));
      found.other().set(i, !Collections.disjoint(rows.get(i).other(), substances));
    }
    return found;
  }
}
