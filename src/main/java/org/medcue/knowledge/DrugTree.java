package org.medcue.knowledge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.medcue.clinical.DrugCode;

/**
 * Drugs as a tree: RxNorm clinical drug → ingredients → ATC levels 5, 4, 3, 2, 1 → root. A
 * combination has one ingredient node, its keys in ascending order joined by {@code +}. ATC is
 * many-to-many on ingredients: the tree follows the first class, {@link #classes} gives all.
 *
 * <p>An ingredient key is an RxCUI, or {@code ing:name} where the table does not have one.
 */
public final class DrugTree implements CodeTree {

  static final String NAME = "drugs";

  /** The root node. */
  public static final String ROOT = "ATC";

  /** FHIR system of RxNorm. */
  public static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";

  /** FHIR system of the National Drug Codes. */
  public static final String NDC = "http://hl7.org/fhir/sid/ndc";

  private static final Pattern RXCUI = Pattern.compile("[1-9][0-9]{0,7}");
  private static final Pattern ATC = Pattern.compile("[A-Z]([0-9]{2}([A-Z]([A-Z]([0-9]{2})?)?)?)?");
  // Lengths of an ATC code at levels 5 to 1.
  private static final int[] ATC_LENGTHS = {7, 5, 4, 3, 1};

  private record Entry(String name, List<String> values) {}

  private final KnowledgeVersion version;
  // Values: the ingredient node of a product; the ATC codes of an ingredient or combination.
  private final Map<String, Entry> products;
  private final Map<String, Entry> substances;
  private final Map<String, String> classNames = new HashMap<>();
  private final Set<String> atcNodes = new TreeSet<>();
  private final NdcTable ndc;
  private final SubstanceWords words = new SubstanceWords(key -> ATC.matcher(key).matches());

  DrugTree(KnowledgeFolder folder) {
    version = folder.version();
    folder.rows("atc.tsv", 2).forEach(row -> classNames.put(row[0], row[1]));
    substances = entries(folder, "ingredients.tsv");
    substances.forEach((key, entry) -> words.add(entry.name(), List.of(key)));
    substances.putAll(entries(folder, "combinations.tsv"));
    products = entries(folder, "products.tsv");
    ndc = new NdcTable(folder.rows("ndc.tsv", 2));
    for (String[] row : folder.rows("synonyms.tsv", 2)) {
      words.add(row[0], List.of(row[1].split(" ")));
    }
    substances.values().forEach(entry -> entry.values().forEach(c -> atcNodes.addAll(levels(c))));
    atcNodes.addAll(classNames.keySet());
    checkReferences(folder);
  }

  private static Map<String, Entry> entries(KnowledgeFolder folder, String file) {
    Map<String, Entry> entries = new HashMap<>();
    for (String[] row : folder.rows(file, 3)) {
      if (entries.put(row[0], new Entry(row[1], List.of(row[2].split(" ")))) != null) {
        throw folder.invalid(file, row[0] + " occurs twice");
      }
    }
    return entries;
  }

  private void checkReferences(KnowledgeFolder folder) {
    for (Entry product : products.values()) {
      if (!substances.containsKey(product.values().get(0))) {
        throw folder.invalid("products.tsv", "no ATC code for " + product.values().get(0));
      }
    }
    for (String key : substances.keySet()) {
      for (String part : key.split("\\+")) {
        if (!substances.containsKey(part)) {
          throw folder.invalid("combinations.tsv", "no ingredient " + part);
        }
      }
    }
    for (String code : atcNodes) {
      if (!ATC.matcher(code).matches()
          || !classNames.containsKey(code.substring(0, Math.min(5, code.length())))) {
        throw folder.invalid("atc.tsv", "no class for ATC code " + code);
      }
    }
  }

  @Override
  public KnowledgeVersion version() {
    return version;
  }

  /** Takes the RxCUI of a product or ingredient, or any other node of the tree. */
  @Override
  public List<String> path(String code) {
    List<String> path = new ArrayList<>();
    String node = code;
    Entry product = products.get(code);
    if (product != null) {
      path.add(code);
      node = product.values().get(0);
    }
    Entry substance = substances.get(node);
    if (substance != null) {
      path.add(node);
      node = substance.values().get(0);
    }
    if (atcNodes.contains(node)) {
      path.addAll(levels(node));
    } else if (!node.equals(ROOT)) {
      return List.of();
    }
    path.add(ROOT);
    return List.copyOf(path);
  }

  /**
   * The RxNorm drug that a code of an order stands for.
   *
   * @param system a FHIR code system: {@link #RXNORM}, or {@link #NDC} with 11 digits, dashes in
   *     5-4-2 form, or ten digits with dashes, which show where the zero is missing
   * @return an RxNorm code even if the tree does not know it; empty for an unknown NDC, another
   *     form of NDC (which is not guessed) or another system
   */
  public Optional<DrugCode> resolve(String system, String code) {
    String stripped = code.strip();
    if (system.equals(RXNORM) && RXCUI.matcher(stripped).matches()) {
      return Optional.of(new DrugCode(stripped));
    }
    return system.equals(NDC) ? ndc.rxcui(stripped).map(DrugCode::new) : Optional.empty();
  }

  /** Whether the tree has the drug or ingredient. */
  public boolean knows(DrugCode drug) {
    return products.containsKey(drug.value()) || substances.containsKey(drug.value());
  }

  /** The name of a drug or ingredient, generic in lower case, brand in brackets. */
  public Optional<String> name(DrugCode drug) {
    Entry entry = products.get(drug.value());
    return Optional.ofNullable(entry != null ? entry : substances.get(drug.value()))
        .map(Entry::name);
  }

  /** The keys of a drug's ingredients; an ingredient is its own. Empty if unknown. */
  public Set<String> ingredients(DrugCode drug) {
    return ingredientNode(drug)
        .map(node -> Collections.unmodifiableSet(new LinkedHashSet<>(List.of(node.split("\\+")))))
        .orElse(Set.of());
  }

  /** All ATC codes, at all levels, of a drug and each of its ingredients. Empty if unknown. */
  public Set<String> classes(DrugCode drug) {
    Set<String> nodes = new TreeSet<>(ingredients(drug));
    ingredientNode(drug).ifPresent(nodes::add);
    Set<String> classes = new TreeSet<>();
    for (String node : nodes) {
      Entry substance = substances.get(node);
      if (substance != null) {
        substance.values().forEach(code -> classes.addAll(levels(code)));
      }
    }
    return Collections.unmodifiableSet(classes);
  }

  /** The name of an ATC class of level 1 to 4. */
  public Optional<String> className(String atc) {
    return Optional.ofNullable(classNames.get(atc));
  }

  /**
   * The ingredient keys and ATC classes that a text names by whole words, such as the text of an
   * allergy ("Penicillin", "sulfa drugs"). Does not read negation.
   */
  public Set<String> substancesNamed(String freeText) {
    return Collections.unmodifiableSet(words.named(freeText));
  }

  /** Whether a key is one of an ingredient or combination, not of a product or class. */
  boolean hasSubstance(String key) {
    return substances.containsKey(key);
  }

  private Optional<String> ingredientNode(DrugCode drug) {
    Entry product = products.get(drug.value());
    if (product != null) {
      return Optional.of(product.values().get(0));
    }
    return Optional.of(drug.value()).filter(substances::containsKey);
  }

  // The code and its ancestors, lowest level first.
  private static List<String> levels(String atc) {
    List<String> levels = new ArrayList<>();
    for (int length : ATC_LENGTHS) {
      if (length <= atc.length()) {
        levels.add(atc.substring(0, length));
      }
    }
    return levels;
  }
}
