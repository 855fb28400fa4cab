package org.medcue.knowledge;

import java.util.List;
import java.util.Set;
import org.medcue.clinical.DrugCode;

/**
 * A drug that the dialogue model can suggest. A label may stand for closely related drugs.
 *
 * @param index its place among the labels, from 0
 * @param label the Chinese label
 * @param english the English name
 * @param preparations RxNorm ingredients of each preparation that the label stands for, the usual
 *     one first; of a combination the ingredients that have a code; empty if none is certain
 * @param atc ATC codes, the usual one first, a class where there is no exact one; empty for herbs
 * @param kind what sort of medicine
 * @param names what it is called in dialogues, the label among them
 */
public record DialogueDrug(
    int index,
    String label,
    String english,
    List<Set<DrugCode>> preparations,
    List<String> atc,
    Kind kind,
    List<String> names) {

  /** What sort of medicine a drug is. */
  public enum Kind {
    WESTERN,
    /** Traditional Chinese. */
    TRADITIONAL,
    /** Neither alone: herbs with a synthetic drug, soap, saline. */
    OTHER
  }

  public DialogueDrug {
    preparations = List.copyOf(preparations);
    atc = List.copyOf(atc);
    names = List.copyOf(names);
  }
}
