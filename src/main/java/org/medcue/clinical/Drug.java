package org.medcue.clinical;

/** What a model can suggest and a doctor reject: one drug, or a label for closely related ones. */
public sealed interface Drug permits DrugCode, DrugLabel {

  /** By what logs and feedback know it: an RxCUI, which is all digits, or a label. */
  String value();

  /**
   * The drug of a value.
   *
   * @throws IllegalArgumentException if it can be neither
   */
  static Drug of(String value) {
    return DrugLabel.isNumber(value) ? new DrugCode(value) : new DrugLabel(value);
  }
}
