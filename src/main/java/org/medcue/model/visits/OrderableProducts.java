package org.medcue.model.visits;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Visit;
import org.medcue.knowledge.DrugTree;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;

/**
 * The product that a card offers for each label: the one most often ordered in the training cohort,
 * since an ingredient or a class cannot be ordered.
 *
 * @param productOf the product of each label
 */
public record OrderableProducts(SortedMap<String, DrugCode> productOf) {

  /** The file in a version's folder: an RxNorm code by label. */
  public static final String FILE = "products.json";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Copies the map. */
  public OrderableProducts {
    productOf = Collections.unmodifiableSortedMap(new TreeMap<>(productOf));
  }

  /**
   * Counts the visits in which each product was ordered. Of equally frequent products the one with
   * the lower code stands for the label.
   *
   * @param visits visits of the training patients, those that the vocabulary was made of
   * @throws IllegalArgumentException if no visit has a product of some label
   */
  public static OrderableProducts of(List<Visit> visits, Vocabulary vocabulary, DrugTree drugs) {
    Map<DrugCode, Integer> orders = new HashMap<>();
    visits.forEach(visit -> visit.drugs().forEach(drug -> orders.merge(drug, 1, Integer::sum)));
    Comparator<Map.Entry<DrugCode, Integer>> mostOrdered =
        Map.Entry.<DrugCode, Integer>comparingByValue()
            .reversed()
            .thenComparing(entry -> Integer.parseInt(entry.getKey().value()));
    List<DrugCode> byFrequency =
        orders.entrySet().stream().sorted(mostOrdered).map(Map.Entry::getKey).toList();
    SortedMap<String, DrugCode> products = new TreeMap<>();
    for (DrugCode drug : byFrequency) {
      vocabulary
          .labelSpace()
          .labelOf(drug.value(), drugs)
          .ifPresent(label -> products.putIfAbsent(label, drug));
    }
    products.keySet().retainAll(vocabulary.labels());
    if (products.size() < vocabulary.labels().size()) {
      throw new IllegalArgumentException("these visits have no product of some label");
    }
    return new OrderableProducts(products);
  }

  /**
   * Reads a version's file. A version that predicts products may go without: each label is then its
   * own product.
   *
   * @throws ModelException if the file does not have one product of each label, and nothing else
   */
  public static OrderableProducts read(ModelFolder folder, Vocabulary vocabulary, DrugTree drugs) {
    if (vocabulary.labelSpace() == LabelSpace.PRODUCT && !Files.exists(folder.file(FILE))) {
      return themselves(vocabulary);
    }
    Path file = folder.file(FILE);
    Map<?, ?> codes = folder.read(FILE, Map.class);
    SortedMap<String, DrugCode> products = new TreeMap<>();
    for (String label : vocabulary.labels()) {
      if (!(codes.get(label) instanceof String code)) {
        throw refusal(file, "has no product for the label " + label);
      }
      // A product of another label would be offered with this label's probability.
      if (!vocabulary.labelSpace().labelOf(code, drugs).equals(Optional.of(label))) {
        throw refusal(file, "gives the label " + label + " a product that is none of it: " + code);
      }
      products.put(label, drugCode(file, code));
    }
    if (codes.size() > products.size()) {
      throw refusal(file, "names labels that the model does not predict");
    }
    return new OrderableProducts(products);
  }

  /** Each label is its own product: for labels that are RxNorm codes. */
  public static OrderableProducts themselves(Vocabulary vocabulary) {
    SortedMap<String, DrugCode> products = new TreeMap<>();
    vocabulary.labels().forEach(label -> products.put(label, new DrugCode(label)));
    return new OrderableProducts(products);
  }

  private static DrugCode drugCode(Path file, String code) {
    try {
      return new DrugCode(code);
    } catch (IllegalArgumentException e) {
      throw refusal(file, "holds " + code + ", which is no RxNorm code");
    }
  }

  private static ModelException refusal(Path file, String what) {
    return new ModelException(file + " " + what + ": train the version anew");
  }

  /** Writes the file into a version's folder. */
  public void write(Path folder) throws IOException {
    SortedMap<String, String> codes = new TreeMap<>();
    productOf.forEach((label, product) -> codes.put(label, product.value()));
    JSON.writeValue(folder.resolve(FILE).toFile(), codes);
  }

  /**
   * The product offered for a label.
   *
   * @throws IllegalArgumentException if there is no such label
   */
  public DrugCode productOf(String label) {
    DrugCode product = productOf.get(label);
    if (product == null) {
      throw new IllegalArgumentException("no such label");
    }
    return product;
  }
}
