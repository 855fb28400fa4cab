package org.medcue.knowledge;

import java.util.List;

/**
 * A disease that the dialogue model distinguishes.
 *
 * @param index its place among the labels, from 0
 * @param label the Chinese label
 * @param english the English name
 * @param department who treats it
 * @param icd10 the ICD-10 prefixes that mean it, unless a longer one of another disease fits
 * @param names further names
 */
public record DialogueDisease(
    int index,
    String label,
    String english,
    Department department,
    List<String> icd10,
    List<String> names) {

  /** The departments of the DDN paper, section 3. */
  public enum Department {
    RESPIRATORY,
    GASTROENTEROLOGY,
    DERMATOLOGY,
    /** Of the label that takes the rest. */
    NONE
  }

  public DialogueDisease {
    icd10 = List.copyOf(icd10);
    names = List.copyOf(names);
  }
}
