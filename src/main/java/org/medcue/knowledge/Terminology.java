package org.medcue.knowledge;

import java.util.List;

/**
 * What the codes and names of a chart, a dialogue or an order mean: by it a request is read,
 * whatever model answers, and its answer checked and put into words.
 *
 * @param icd diagnoses
 * @param drugs drugs, their ingredients and classes
 * @param lexicon what drugs are called in Chinese
 */
public record Terminology(Icd10CmTree icd, DrugTree drugs, DrugLexicon lexicon) {

  /** The versions of the three pieces. */
  public List<KnowledgeVersion> versions() {
    return List.of(icd.version(), drugs.version(), lexicon.version());
  }
}
