package org.medcue.safety;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.medcue.clinical.Allergy;
import org.medcue.clinical.Drug;
import org.medcue.knowledge.Terminology;

/**
 * The rules that a suggested drug passes before a doctor sees it. They know no score. Made for one
 * patient: what an allergy means is found out once.
 */
public final class SafetyRules {

  private final DrugSubstances drugs;
  private final AllergySubstances substances;

  /**
   * @param terminology what products contain, what labels stand for, what drugs are called
   */
  public SafetyRules(Terminology terminology) {
    this.drugs = new DrugSubstances(terminology.drugs(), terminology.lexicon());
    this.substances = new AllergySubstances(terminology.drugs(), terminology.lexicon());
  }

  /**
   * Checks one drug for allergies and duplicated ingredients. A label is checked for all that it
   * may stand for.
   *
   * @param drug the drug to be suggested
   * @param currentDrugs what the patient takes
   * @param draftDrugs what is being ordered beside it
   * @param allergies as charted
   * @return findings, allergies first; empty if every rule could look and found nothing
   */
  public List<SafetyFinding> check(
      Drug drug,
      Set<? extends Drug> currentDrugs,
      Set<? extends Drug> draftDrugs,
      List<Allergy> allergies) {
    boolean unknown = drugs.ingredients(drug).isEmpty();
    List<SafetyFinding> findings = new ArrayList<>();
    if (!unknown || !drugs.classes(drug).isEmpty()) {
      allergies.forEach(allergy -> allergy(drug, allergy).ifPresent(findings::add));
    }
    if (unknown) {
      findings.add(new CouldNotCheck(drug, Optional.empty()));
    } else {
      duplicates(drug, currentDrugs, false, findings);
      duplicates(drug, draftDrugs, true, findings);
    }
    return findings;
  }

  private Optional<SafetyFinding> allergy(Drug drug, Allergy allergy) {
    AllergySubstances.Named named = substances.of(allergy);
    if (!Collections.disjoint(named.ingredients(), drugs.ingredients(drug))
        || named.labels().contains(drug.value())) {
      return Optional.of(new AllergyFinding(drug, allergy, Optional.empty()));
    }
    Set<String> shared = new TreeSet<>(named.classes());
    shared.retainAll(drugs.classes(drug));
    if (shared.isEmpty() && named.mayMeanMore()) {
      return Optional.of(new CouldNotCheck(drug, Optional.of(allergy)));
    }
    return shared.stream().findFirst().map(c -> new AllergyFinding(drug, allergy, Optional.of(c)));
  }

  private void duplicates(
      Drug drug, Set<? extends Drug> others, boolean drafted, List<SafetyFinding> findings) {
    List<? extends Drug> inOrder =
        others.stream().sorted(Comparator.comparing(Drug::value)).toList();
    for (Drug other : inOrder) {
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
