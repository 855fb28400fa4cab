package org.medcue.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.clinical.Omission.Kind;
import org.medcue.clinical.Symptom;
import org.medcue.knowledge.Icd10CmTree;
import org.medcue.knowledge.KnowledgeBase;

class WhoIcd10Test {

  private static final Icd10CmTree TREE =
      KnowledgeBase.load(Path.of("model-registry"), KnowledgeBase.bundled()).icd();

  private final ChartNotes notes = new ChartNotes();
  private final ConceptCoder coder =
      new ConceptCoder(
          code -> !TREE.path(code).isEmpty(),
          ConceptTranslator.bundled(),
          AcceptedFindings.bundled());

  @ParameterizedTest
  @CsvSource({
    "E11.9, E11.9",
    "e119, E11.9",
    "J45.0, J45.0",
    "M54.56, M54.56",
    "I10, I10",
    "I10X, I10",
    "I10.x00, I10",
    "I10.x00x002, I10",
    "E11.-, E11",
    "H36.0*, H36.0",
    "E11.3+, E11.3",
    "E11.3†, E11.3",
    "E11.900x001, E11.9",
    "S06.0X0A, S06.0X0A"
  })
  void codesAreReadAsWrittenOrByTheirFirstCharacters(String who, String read) {
    assertThat(read(who(who)).diagnoses()).containsExactly(FhirFixtures.dx(read));
  }

  @ParameterizedTest
  @CsvSource({
    "E14, E11",
    "E14.9, E11.9",
    "E142, E11.2",
    "B24, B20",
    "I64, I63.9",
    "F00.1*, G30",
    "I84.2, K64",
    "A16.2, A15"
  })
  void categoriesThatIcd10CmDroppedAreReadWhereItPutsThem(String who, String read) {
    assertThat(read(who(who)).diagnoses()).containsExactly(FhirFixtures.dx(read));
  }

  @ParameterizedTest
  @ValueSource(strings = {"F02ZFYZ", "C97", "hypertension", "", "U99", "401.9", "E1"})
  void whatHasNoPlaceIsCountedNotGuessed(String code) {
    assertThat(read(who(code)).isEmpty()).isTrue();
  }

  @Test
  void chapterXviiiIsASymptom() {
    assertThat(read(who("R05")).symptoms()).containsExactly(new Symptom("R05"));
  }

  @Test
  void socialFindingsAreLeftOut() {
    assertThat(read(who("Z56.0")).isEmpty()).isTrue();
    assertThat(notes.omissions())
        .containsExactly(FhirFixtures.omission(Kind.SOCIAL_FINDING, "Condition", 1));
  }

  @Test
  void icd10CmWinsOverTheWhoAndTheWhoOverSnomed() {
    Coding cm = new Coding(CodeSystems.ICD_10_CM, "E11.65", null);
    Coding nowhere = new Coding(CodeSystems.ICD_10_CM, "401.9", null);
    Coding snomed = new Coding(CodeSystems.SNOMED_CT, "44054006", null);

    assertThat(read(who("E11.9"), snomed, cm).diagnoses())
        .containsExactly(FhirFixtures.dx("E11.65"));
    assertThat(read(snomed, who("I10"), nowhere).diagnoses())
        .containsExactly(FhirFixtures.dx("I10"));
    assertThat(read(who("C97"), snomed).diagnoses()).containsExactly(FhirFixtures.dx("E11.9"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hl7.org/fhir/sid/icd-10",
        "http://hl7.org/fhir/sid/icd-10/",
        "https://hl7.org/fhir/sid/icd-10",
        "http://hl7.org/fhir/sid/icd-10|2019",
        "urn:oid:2.16.840.1.113883.6.3",
        "2.16.840.1.113883.6.3"
      })
  void theSystemMayBeWrittenInSeveralWays(String system) {
    assertThat(read(new Coding(system, "I10", null)).diagnoses())
        .containsExactly(FhirFixtures.dx("I10"));
  }

  private ClinicalCodes read(Coding... codings) {
    CodeableConcept concept = new CodeableConcept();
    for (Coding coding : codings) {
      concept.addCoding(coding);
    }
    return coder.read(concept, "Condition", notes);
  }

  private static Coding who(String code) {
    return new Coding(CodeSystems.ICD_10, code, null);
  }
}
