package org.medcue.cdshooks;

import java.util.List;

/**
 * Reasons for rejecting a card, of HL7's code system that CDS Hooks 3.0 introduced for this; a few,
 * since a doctor chooses one in passing.
 */
final class OverrideReasons {

  private static final String SYSTEM =
      "http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes";

  static final List<Coding> OFFERED =
      List.of(
          reason("cds-not-applicable", "PC CDS does not apply to patient"),
          reason("patient-ineligible", "Patient does not meet eligibility for recommended action"),
          reason("action-unsuccessful", "Recommended action was previously unsuccessful"),
          reason("indication-order-exists", "Patient has indication/order for intended action"),
          reason(
              "recipient-disagrees-evidence",
              "Recipient disagrees with recommendation because of issues with the evidence"));

  private OverrideReasons() {}

  private static Coding reason(String code, String display) {
    return new Coding(code, SYSTEM, display);
  }
}
