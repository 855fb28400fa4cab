package org.medcue.fhir;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AllergyIntolerance;
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

  private final DrugCoder coder;
  private final ChartNotes notes;

  AllergyMapper(DrugCoder coder, ChartNotes notes) {
    this.coder = coder;
    this.notes = notes;
  }

  Optional<Allergy> map(AllergyIntolerance allergy) {
    if (FactMapper.hasCode(allergy.getVerificationStatus(), NOT_TRUE)
        || FactMapper.hasCode(allergy.getClinicalStatus(), OVER)
        || FactMapper.hasCode(allergy.getCode(), NONE_KNOWN)) {
      return Optional.empty();
    }
    Optional<String> text =
        concepts(allergy)
            .flatMap(concept -> Optional.ofNullable(nameOf(concept)).stream())
            .findFirst();
    if (text.isEmpty()) {
      notes.omit(Kind.NO_CODE, "AllergyIntolerance");
    }
    return text.map(
        words ->
            new Allergy(
                concepts(allergy).flatMap(concept -> coder.read(concept).stream()).findFirst(),
                words));
  }

  private static Stream<CodeableConcept> concepts(AllergyIntolerance allergy) {
    return Stream.concat(
        Stream.of(allergy.getCode()),
        allergy.getReaction().stream().map(reaction -> reaction.getSubstance()));
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
