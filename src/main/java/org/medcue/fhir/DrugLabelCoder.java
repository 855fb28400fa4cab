package org.medcue.fhir;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.medcue.clinical.DrugLabel;
import org.medcue.knowledge.DialogueDrug;
import org.medcue.knowledge.DrugLexicon;
import org.medcue.knowledge.DrugMention;

/**
 * Reads which label of the dialogue model a drug without RxNorm or NDC code is: by Medcue's own
 * code, which an accepted suggestion carries, by its name in Chinese or English, or by ATC code.
 * Where several labels fit, none does.
 */
final class DrugLabelCoder {

  /** Names of drugs are shorter; what is longer is a report. */
  private static final int MAX_TEXT = 100;

  private final DrugLexicon lexicon;

  DrugLabelCoder(DrugLexicon lexicon) {
    this.lexicon = lexicon;
  }

  Optional<DrugLabel> read(CodeableConcept concept) {
    return one(own(concept))
        .or(() -> one(named(concept)))
        .or(() -> one(classified(concept)))
        .map(drug -> new DrugLabel(drug.label()));
  }

  private static Optional<DialogueDrug> one(Stream<DialogueDrug> drugs) {
    Set<DialogueDrug> different = new HashSet<>(drugs.toList());
    return different.size() == 1 ? different.stream().findFirst() : Optional.empty();
  }

  private Stream<DialogueDrug> own(CodeableConcept concept) {
    return codes(concept, CodeSystems.DIALOGUE_DRUGS)
        .flatMap(code -> lexicon.ofLabel(code).stream());
  }

  private Stream<DialogueDrug> named(CodeableConcept concept) {
    Stream<String> texts =
        concept.hasText()
            ? Stream.of(concept.getText())
            : concept.getCoding().stream().filter(Coding::hasDisplay).map(Coding::getDisplay);
    return texts
        .map(text -> text.substring(0, Math.min(text.length(), MAX_TEXT)))
        .flatMap(text -> lexicon.find(text).stream())
        .map(DrugMention::drug);
  }

  private Stream<DialogueDrug> classified(CodeableConcept concept) {
    List<String> codes = codes(concept, CodeSystems.ATC).toList();
    return lexicon.drugs().stream().filter(drug -> drug.atc().stream().anyMatch(codes::contains));
  }

  private static Stream<String> codes(CodeableConcept concept, String system) {
    String canonical = CodeSystems.canonical(system);
    return concept.getCoding().stream()
        .filter(
            coding ->
                coding.hasCode() && CodeSystems.canonical(coding.getSystem()).equals(canonical))
        .map(coding -> coding.getCode().strip());
  }
}
