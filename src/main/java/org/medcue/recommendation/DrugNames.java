package org.medcue.recommendation;

import java.util.Map;
import org.medcue.clinical.DrugCode;
import org.medcue.knowledge.DrugTree;

/** Names drugs for people: as the drug tree does, else as the chart does, else by code. */
final class DrugNames {

  private final DrugTree drugs;
  private final Map<String, String> chartDisplays;

  DrugNames(DrugTree drugs, Map<String, String> chartDisplays) {
    this.drugs = drugs;
    this.chartDisplays = chartDisplays;
  }

  String of(DrugCode drug) {
    return drugs
        .name(drug)
        .orElseGet(() -> chartDisplays.getOrDefault(drug.value(), "RxNorm " + drug.value()));
  }

  /** The name of an ingredient key, which is an RxCUI or {@code ing:name}. */
  String ofIngredient(String key) {
    return Character.isDigit(key.charAt(0))
        ? of(new DrugCode(key))
        : key.substring(key.indexOf(':') + 1);
  }

  String ofClass(String atc) {
    return drugs.className(atc).map(name -> atc + " " + name).orElse(atc);
  }
}
