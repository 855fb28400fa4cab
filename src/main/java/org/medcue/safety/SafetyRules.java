package org.medcue.safety;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.medcue.clinical.Allergy;
import org.medcue.clinical.DrugCode;
import org.medcue.knowledge.DrugTree;

/** The rules that a suggested drug passes before a doctor sees it. They know no score. */
public final class SafetyRules {

  private final DrugTree drugs;
  private final AllergySubstances substances;

  public SafetyRules(DrugTree drugs) {
    this.drugs = drugs;
    this.substances = new AllergySubstances(drugs);
  }

  /**
   * Checks one drug for allergies and duplicated ingredients.
   *
   * @param drug the drug to be suggested
   * @param currentDrugs what the patient takes
   * @param draftDrugs what is being ordered beside it
   * @param allergies as charted
   * @return findings, allergies first; empty if every rule could look and found nothing
   */
  public List<SafetyFinding> check(
      DrugCode drug,
      Set<DrugCode> currentDrugs,
      Set<DrugCode> draftDrugs,
      List<Allergy> allergies) {
    if (drugs.ingredients(drug).isEmpty()) {
      return List.of(new CouldNotCheck(drug, Optional.empty()));
    }
    List<SafetyFinding> findings = new ArrayList<>();
    for (Allergy allergy : allergies) {
      allergy(drug, allergy).ifPresent(findings::add);
    }
    duplicates(drug, currentDrugs, false, findings);
    duplicates(drug, draftDrugs, true, findings);
    return findings;
  }

  private Optional<SafetyFinding> allergy(DrugCode drug, Allergy allergy) {
    AllergySubstances.Named named = substances.of(allergy);
    if (named.isEmpty()) {
      return Optional.of(new CouldNotCheck(drug, Optional.of(allergy)));
    }
    if (!Collections.disjoint(named.ingredients(), drugs.ingredients(drug))) {
      return Optional.of(new AllergyFinding(drug, allergy, Optional.empty()));
    }
    Set<String> shared = new TreeSet<>(named.classes());
    shared.retainAll(drugs.classes(drug));
    return shared.stream().findFirst().map(c -> new AllergyFinding(drug, allergy, Optional.of(c)));
  }

  private void duplicates(
      DrugCode drug, Set<DrugCode> others, boolean drafted, List<SafetyFinding> findings) {
    for (DrugCode other : new TreeSet<>(others)) {
      if (other.equals(drug)) {
        continue;
      }
      Set<String> shared = new TreeSet<>(drugs.ingredients(other));
      if (shared.isEmpty()) {
        findings.add(new CouldNotCheck(other, Optional.empty()));
      }
      shared.retainAll(drugs.ingredients(drug));
      shared.forEach(i -> findings.add(new DuplicateFinding(drug, i, other, drafted)));
    }
  }
}
