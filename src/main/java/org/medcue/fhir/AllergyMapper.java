package org.medcue.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.AllergyIntolerance.AllergyIntoleranceReactionComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.Allergy;
import org.medcue.clinical.Omission.Kind;

/** Reads allergies and intolerances that hold today. */
final class AllergyMapper {

  private static final Set<String> NOT_TRUE = Set.of("refuted", "entered-in-error");
  private static final Set<String> OVER = Set.of("inactive", "resolved");
  // SNOMED CT: no known allergy; no known drug allergy
  private static final Set<String> NONE_KNOWN = Set.of("716186003", "409137002");

  /** More than the rules look through, so that they see that there is more. */
  private static final int LONGEST_TEXT = 1_000;

  private final DrugCoder coder;
  private final ChartNotes notes;

  AllergyMapper(DrugCoder coder, ChartNotes notes) {
    this.coder = coder;
    this.notes = notes;
  }

  /** The allergy, unless it does not hold, states that there is none, or states nothing. */
  Optional<Allergy> map(AllergyIntolerance allergy) {
    if (FactMapper.hasCode(allergy.getVerificationStatus(), NOT_TRUE)
        || FactMapper.hasCode(allergy.getClinicalStatus(), OVER)) {
      return Optional.empty();
    }
    List<CodeableConcept> concepts = concepts(allergy);
    if (concepts.isEmpty() && saysNoneKnown(allergy.getCode())) {
      return Optional.empty();
    }
    Optional<String> text =
        concepts.stream()
            .flatMap(concept -> Optional.ofNullable(nameOf(concept)).stream())
            .map(name -> PlainText.beginningOf(name, LONGEST_TEXT))
            .filter(name -> !name.isEmpty())
            .findFirst();
    if (text.isEmpty()) {
      notes.omit(Kind.NO_CODE, "AllergyIntolerance");
    }
    return text.map(
        words ->
            new Allergy(
                concepts.stream().flatMap(concept -> coder.read(concept).stream()).findFirst(),
                words));
  }

  /** What names a substance: all but a code that says that there is none, and its words. */
  private static List<CodeableConcept> concepts(AllergyIntolerance allergy) {
    CodeableConcept code = allergy.getCode();
    List<CodeableConcept> concepts = new ArrayList<>();
    if (!saysNoneKnown(code)) {
      concepts.add(code);
    } else if (!code.getCoding().stream().allMatch(AllergyMapper::isNoneKnown)) {
      CodeableConcept substance = code.copy();
      substance.getCoding().removeIf(AllergyMapper::isNoneKnown);
      concepts.add(substance);
    }
    allergy.getReaction().stream()
        .map(AllergyIntoleranceReactionComponent::getSubstance)
        .filter(substance -> !substance.isEmpty())
        .forEach(concepts::add);
    return concepts;
  }

  private static boolean saysNoneKnown(CodeableConcept code) {
    return code.getCoding().stream().anyMatch(AllergyMapper::isNoneKnown);
  }

  private static boolean isNoneKnown(Coding coding) {
    return CodeSystems.canonical(coding.getSystem()).equals(CodeSystems.SNOMED_CT)
        && coding.hasCode()
        && NONE_KNOWN.contains(coding.getCode());
  }

  // A bare code is better shown than an allergy kept from the doctor
  private static @Nullable String nameOf(CodeableConcept concept) {
    String name = DrugCoder.nameOf(concept);
    return name != null
        ? name
        : concept.getCoding().stream()
            .filter(Coding::hasCode)
            .map(Coding::getCode)
            .findFirst()
            .orElse(null);
  }
}
