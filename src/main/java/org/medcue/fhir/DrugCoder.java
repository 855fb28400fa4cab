package org.medcue.fhir;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.jspecify.annotations.Nullable;
import org.medcue.clinical.DrugCode;

/** Reads the drug of a CodeableConcept: RxNorm before NDC, in the order of the codings. */
final class DrugCoder {

  private static final List<String> SYSTEMS = List.of(CodeSystems.RXNORM, CodeSystems.NDC);

  private final BiFunction<String, String, Optional<DrugCode>> resolve;

  /**
   * @param resolve from code system and code to the drug
   */
  DrugCoder(BiFunction<String, String, Optional<DrugCode>> resolve) {
    this.resolve = resolve;
  }

  Optional<DrugCode> read(CodeableConcept concept) {
    for (String system : SYSTEMS) {
      for (Coding coding : concept.getCoding()) {
        if (coding.hasCode() && CodeSystems.canonical(coding.getSystem()).equals(system)) {
          Optional<DrugCode> drug = resolve.apply(system, coding.getCode().strip());
          if (drug.isPresent()) {
            return drug;
          }
        }
      }
    }
    return Optional.empty();
  }

  /** As {@link #read(CodeableConcept)}, noting what the chart calls the drug. */
  Optional<DrugCode> read(CodeableConcept concept, ChartNotes notes) {
    Optional<DrugCode> drug = read(concept);
    drug.ifPresent(code -> notes.name(code.value(), nameOf(concept)));
    return drug;
  }

  /** What a chart calls a concept: its text, else the first display. */
  static @Nullable String nameOf(CodeableConcept concept) {
    return concept.hasText()
        ? concept.getText()
        : concept.getCoding().stream()
            .filter(Coding::hasDisplay)
            .map(Coding::getDisplay)
            .findFirst()
            .orElse(null);
  }
}
