package org.medcue.recommendation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Omission;
import org.medcue.clinical.VisitEvidence;
import org.medcue.safety.AllergyFinding;
import org.medcue.safety.CouldNotCheck;
import org.medcue.safety.DuplicateFinding;
import org.medcue.safety.SafetyFinding;
import org.medcue.safety.SafetyRules;

/** The findings of one call put into words, and what stayed unchecked. */
final class SafetyReview {

  private static final String ALLERGIES = "allergies";
  private static final String MEDICATIONS = "medications";

  /** What came out for one drug; a drug with an allergy is not offered. */
  record Verdict(List<String> allergies, List<String> remarks) {}

  private final SafetyRules rules;
  private final DrugNames names;
  private final VisitEvidence evidence;
  private final Set<DrugCode> draftDrugs;
  private final Set<String> unknownAllergies = new LinkedHashSet<>();
  private final Set<String> unknownDrugs = new LinkedHashSet<>();

  SafetyReview(
      SafetyRules rules, DrugNames names, VisitEvidence evidence, Set<DrugCode> draftDrugs) {
    this.rules = rules;
    this.names = names;
    this.evidence = evidence;
    this.draftDrugs = draftDrugs;
  }

  Verdict review(DrugCode drug) {
    Verdict verdict = new Verdict(new ArrayList<>(), new ArrayList<>());
    for (SafetyFinding finding :
        rules.check(drug, evidence.currentDrugs(), draftDrugs, evidence.allergies())) {
      if (finding instanceof AllergyFinding allergy) {
        verdict.allergies().add(words(allergy));
      } else if (finding instanceof DuplicateFinding duplicate) {
        verdict.remarks().add(words(duplicate));
      } else if (finding instanceof CouldNotCheck couldNot) {
        note(couldNot);
      }
    }
    return verdict;
  }

  private String words(AllergyFinding finding) {
    String allergy = "charted allergy: " + finding.allergy().text();
    return finding
        .sharedClass()
        .map(
            atc ->
                allergy + " (possible cross-sensitivity, same class: " + names.ofClass(atc) + ")")
        .orElse(allergy);
  }

  private String words(DuplicateFinding finding) {
    return "contains "
        + names.ofIngredient(finding.ingredient())
        + ", as does "
        + names.of(finding.other())
        + (finding.drafted() ? ", which is among the draft orders" : ", which the patient takes");
  }

  private void note(CouldNotCheck finding) {
    finding
        .allergy()
        .ifPresentOrElse(
            allergy -> unknownAllergies.add(allergy.text()),
            () -> unknownDrugs.add(names.of(finding.drug())));
  }

  /** What the rules looked at. */
  List<String> checked() {
    List<String> checked = new ArrayList<>();
    if (!lacks(ALLERGIES)) {
      int count = evidence.allergies().size();
      checked.add(count == 0 ? "allergies (none charted)" : "allergies (" + count + " charted)");
    }
    int others = evidence.currentDrugs().size() + draftDrugs.size();
    checked.add("the same ingredient twice (" + others + " current or drafted drugs)");
    return checked;
  }

  /** What they could not look at, for this call and in general. */
  List<String> notChecked() {
    List<String> not = new ArrayList<>();
    if (lacks(ALLERGIES)) {
      not.add("allergies: the list was not sent");
    } else if (truncated(ALLERGIES)) {
      not.add("further allergies: only the first page was sent");
    }
    if (lacks(MEDICATIONS)) {
      not.add("current drugs: the medication list was not sent");
    }
    if (!unknownAllergies.isEmpty()) {
      not.add("allergies not recognised as a drug: " + String.join(", ", unknownAllergies));
    }
    if (!unknownDrugs.isEmpty()) {
      not.add("drugs with unknown ingredients: " + String.join(", ", unknownDrugs));
    }
    not.add("interactions, contraindications, doses");
    return not;
  }

  private boolean lacks(String prefetchKey) {
    return has(prefetchKey, Omission.Kind.PREFETCH_ABSENT)
        || has(prefetchKey, Omission.Kind.PREFETCH_FAILED);
  }

  private boolean truncated(String prefetchKey) {
    return has(prefetchKey, Omission.Kind.PREFETCH_TRUNCATED);
  }

  private boolean has(String prefetchKey, Omission.Kind kind) {
    return evidence.omissions().stream()
        .anyMatch(omission -> omission.kind() == kind && omission.subject().equals(prefetchKey));
  }
}
