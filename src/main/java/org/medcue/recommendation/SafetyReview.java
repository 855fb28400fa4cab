package org.medcue.recommendation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Omission;
import org.medcue.clinical.Omission.Kind;
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
  private static final Set<Omission.Kind> NOT_SENT =
      EnumSet.of(Kind.PREFETCH_ABSENT, Kind.PREFETCH_FAILED, Kind.PREFETCH_TRUNCATED);

  /** What came out for one drug; a drug with an allergy is not offered. */
  record Verdict(List<String> allergies, List<String> remarks) {}

  private final SafetyRules rules;
  private final DrugNames names;
  private final VisitEvidence evidence;
  private final Set<DrugCode> draftDrugs;
  private final boolean unreadDraft;
  private final Set<String> unknownAllergies = new LinkedHashSet<>();
  private final Set<DrugCode> unknownDrugs = new LinkedHashSet<>();

  SafetyReview(
      SafetyRules rules,
      DrugNames names,
      VisitEvidence evidence,
      Set<DrugCode> draftDrugs,
      boolean unreadDraft) {
    this.rules = rules;
    this.names = names;
    this.evidence = evidence;
    this.draftDrugs = draftDrugs;
    this.unreadDraft = unreadDraft;
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
            () -> unknownDrugs.add(finding.drug()));
  }

  /** What the rules looked at. */
  List<String> checked() {
    List<String> checked = new ArrayList<>();
    int count = evidence.allergies().size();
    if (!lacks(ALLERGIES) && !(count == 0 && incompleteAllergies())) {
      checked.add(count == 0 ? "allergies (none charted)" : "allergies (" + count + " charted)");
    }
    duplicatesChecked().ifPresent(checked::add);
    return checked;
  }

  /** A list that was not sent, or is cut off before its first drug, is no list without drugs. */
  private Optional<String> duplicatesChecked() {
    long drafted = known(draftDrugs);
    long all = drafted + known(evidence.currentDrugs());
    if (all == 0 && (lacks(MEDICATIONS) || truncated(MEDICATIONS))) {
      return Optional.empty();
    }
    return Optional.of(
        lacks(MEDICATIONS)
            ? "the same ingredient twice (" + drafted + " drafted drugs)"
            : "the same ingredient twice (" + all + " current or drafted drugs)");
  }

  private long known(Set<DrugCode> drugs) {
    return drugs.stream().filter(drug -> !unknownDrugs.contains(drug)).count();
  }

  /** What they could not look at, for this call and in general. */
  List<String> notChecked() {
    List<String> not = new ArrayList<>();
    if (lacks(ALLERGIES)) {
      not.add("allergies: the list was not sent");
    } else if (truncated(ALLERGIES)) {
      not.add("further allergies: only the first page was sent");
    }
    if (unreadAllergies()) {
      not.add("some allergies: they could not be read");
    }
    if (unreadDraft) {
      not.add("a drafted drug could not be read: duplicates with it were not looked for");
    }
    if (lacks(MEDICATIONS)) {
      not.add("the same ingredient twice among current drugs: the medication list was not sent");
    } else if (truncated(MEDICATIONS)) {
      not.add(
          "the same ingredient twice among further current drugs: only the first page was sent");
    }
    if (!unknownAllergies.isEmpty()) {
      not.add("allergies not recognised as a drug: " + String.join(", ", unknownAllergies));
    }
    if (!unknownDrugs.isEmpty()) {
      not.add("drugs with unknown ingredients: " + drugNames(unknownDrugs));
    }
    not.add("interactions, contraindications, doses");
    return not;
  }

  private String drugNames(Set<DrugCode> drugs) {
    return drugs.stream().map(names::of).distinct().collect(Collectors.joining(", "));
  }

  /** An allergy that could not be read is no absence of allergies. */
  private boolean incompleteAllergies() {
    return evidence.omissions().stream().anyMatch(SafetyReview::ofAllergies);
  }

  private boolean unreadAllergies() {
    return evidence.omissions().stream()
        .anyMatch(omission -> ofAllergies(omission) && !NOT_SENT.contains(omission.kind()));
  }

  private static boolean ofAllergies(Omission omission) {
    return omission.subject().equals(ALLERGIES) || omission.subject().equals("AllergyIntolerance");
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
