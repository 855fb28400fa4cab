package org.medcue.recommendation;

import java.util.Locale;
import java.util.Map;
import org.medcue.clinical.Drug;
import org.medcue.clinical.DrugCode;
import org.medcue.knowledge.DialogueDrug;
import org.medcue.knowledge.DrugLexicon;
import org.medcue.knowledge.DrugTree;
import org.medcue.knowledge.Terminology;

/**
 * Names drugs for people. A product as the drug tree does, else as the chart does, else by code; a
 * label in both languages, that of the card first.
 */
final class DrugNames {

  private final DrugTree drugs;
  private final DrugLexicon lexicon;
  private final Map<String, String> chartDisplays;
  private final Language language;

  DrugNames(Terminology terminology, Map<String, String> chartDisplays, Language language) {
    this.drugs = terminology.drugs();
    this.lexicon = terminology.lexicon();
    this.chartDisplays = chartDisplays;
    this.language = language;
  }

  String of(Drug drug) {
    if (drug instanceof DrugCode product) {
      return drugs
          .name(product)
          .orElseGet(() -> chartDisplays.getOrDefault(drug.value(), "RxNorm " + drug.value()));
    }
    return lexicon.ofLabel(drug.value()).map(this::bilingual).orElse(drug.value());
  }

  private String bilingual(DialogueDrug label) {
    return both(label.label(), label.english(), language);
  }

  /** A thing of two names, such as "Omeprazole (奥美拉唑)". */
  static String both(String chinese, String english, Language language) {
    String name = english.substring(0, 1).toUpperCase(Locale.ROOT) + english.substring(1);
    return language == Language.ZH ? chinese + " (" + name + ")" : name + " (" + chinese + ")";
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
