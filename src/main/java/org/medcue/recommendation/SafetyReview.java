package org.medcue.recommendation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.medcue.clinical.Allergy;
import org.medcue.clinical.DialogueEvidence;
import org.medcue.clinical.Drug;
import org.medcue.clinical.Omission;
import org.medcue.clinical.Omission.Kind;
import org.medcue.clinical.PatientEvidence;
import org.medcue.safety.AllergyFinding;
import org.medcue.safety.CouldNotCheck;
import org.medcue.safety.DuplicateFinding;
import org.medcue.safety.SafetyFinding;
import org.medcue.safety.SafetyRules;

/** The findings of one call put into words, and what stayed unchecked. */
final class SafetyReview {

  private static final String ALLERGIES = "allergies";

  /** In characters; no name of a substance is longer. */
  private static final int LONGEST_ALLERGY = 100;

  private static final String MEDICATIONS = "medications";
  private static final Set<Omission.Kind> NOT_SENT =
      EnumSet.of(Kind.PREFETCH_ABSENT, Kind.PREFETCH_FAILED, Kind.PREFETCH_TRUNCATED);

  /** What came out for one drug; a drug with an allergy is not offered. */
  record Verdict(List<String> allergies, List<String> remarks) {}

  private final SafetyRules rules;
  private final DrugNames names;
  private final Phrases phrases;
  private final PatientEvidence evidence;
  private final Set<Drug> draftDrugs;
  private final boolean unreadDraft;
  private final Set<String> unknownAllergies = new LinkedHashSet<>();
  private final Set<Drug> unknownDrugs = new LinkedHashSet<>();

  SafetyReview(
      SafetyRules rules,
      DrugNames names,
      PatientEvidence evidence,
      Set<Drug> draftDrugs,
      boolean unreadDraft,
      Language language) {
    this.rules = rules;
    this.names = names;
    this.phrases = phrases(language);
    this.evidence = evidence;
    this.draftDrugs = draftDrugs;
    this.unreadDraft = unreadDraft;
  }

  /** What the findings of rules are said in. */
  static Phrases phrases(Language language) {
    return new Phrases(SafetyReview.class, "safety", language);
  }

  Verdict review(Drug drug) {
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
    String allergy = shown(finding.allergy());
    return finding
        .sharedClass()
        .map(atc -> phrases.say("allergy.class", allergy, names.ofClass(atc)))
        .orElseGet(() -> phrases.say("allergy", allergy));
  }

  private String words(DuplicateFinding finding) {
    return phrases.say(
        finding.drafted() ? "duplicate.drafted" : "duplicate.taken",
        names.ofIngredient(finding.ingredient()),
        names.of(finding.other()));
  }

  /** As much of a chart's words as names a substance. */
  private static String shown(Allergy allergy) {
    String text = allergy.text();
    return text.codePointCount(0, text.length()) <= LONGEST_ALLERGY
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_ALLERGY - 1)) + "…";
  }

  private void note(CouldNotCheck finding) {
    finding
        .allergy()
        .ifPresentOrElse(
            allergy -> unknownAllergies.add(shown(allergy)),
            () -> unknownDrugs.add(finding.drug()));
  }

  /** What the rules looked at. */
  List<String> checked() {
    List<String> checked = new ArrayList<>();
    int count = evidence.allergies().size();
    if (!lacks(ALLERGIES) && !(count == 0 && incompleteAllergies())) {
      checked.add(
          count == 0
              ? phrases.say("checked.allergies.none")
              : phrases.say("checked.allergies", count));
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
            ? phrases.say("checked.duplicates.drafted", drafted)
            : phrases.say("checked.duplicates", all));
  }

  private long known(Set<? extends Drug> drugs) {
    return drugs.stream().filter(drug -> !unknownDrugs.contains(drug)).count();
  }

  /** What they could not look at, for this call and in general. */
  List<String> notChecked() {
    List<String> not = new ArrayList<>();
    if (lacks(ALLERGIES)) {
      not.add(phrases.say("not.allergies.absent"));
    } else if (truncated(ALLERGIES)) {
      not.add(phrases.say("not.allergies.truncated"));
    }
    if (unreadAllergies()) {
      not.add(phrases.say("not.allergies.unread"));
    }
    if (unreadDraft) {
      not.add(phrases.say("not.draft"));
    }
    if (lacks(MEDICATIONS)) {
      not.add(phrases.say("not.duplicates.absent"));
    } else if (truncated(MEDICATIONS)) {
      not.add(phrases.say("not.duplicates.truncated"));
    }
    if (!unknownAllergies.isEmpty()) {
      not.add(phrases.say("not.allergies.unknown", String.join(", ", unknownAllergies)));
    }
    if (!unknownDrugs.isEmpty()) {
      not.add(phrases.say("not.drugs.unknown", drugNames(unknownDrugs)));
    }
    if (evidence instanceof DialogueEvidence) {
      not.add(phrases.say("not.said"));
    }
    not.add(phrases.say("not.ever"));
    return not;
  }

  private String drugNames(Set<Drug> drugs) {
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
