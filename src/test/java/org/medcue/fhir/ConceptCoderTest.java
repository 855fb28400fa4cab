package org.medcue.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.fhir.FhirFixtures.JOINT_PAIN;
import static org.medcue.fhir.FhirFixtures.dx;
import static org.medcue.fhir.FhirFixtures.omission;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medcue.clinical.Omission.Kind;
import org.medcue.clinical.Symptom;

class ConceptCoderTest {

  private final ChartNotes notes = new ChartNotes();
  private final ConceptCoder coder;

  ConceptCoderTest(@TempDir Path folder) throws IOException {
    StringBuilder elements = new StringBuilder();
    String[][] map = {
      {"44054006", "E11.9"},
      {"431855005", "N18.1", "I12.9", "E11.22"},
      {"22253000", "R52", "F02ZFYZ"},
      {"111111001", "F02ZFYZ"},
      {"386661006", "P81.9", "R50.9"},
      {JOINT_PAIN, "M25.50"},
      {"422650009", "T74.32X", "Z60.4"},
      {"73595000", "Z73.3"},
      {"706893006", "T74.11X"},
    };
    for (String[] row : map) {
      elements.append(elements.isEmpty() ? "" : ",");
      elements.append("{\"code\":\"").append(row[0]).append("\",\"target\":[");
      for (int i = 1; i < row.length; i++) {
        elements.append(i > 1 ? "," : "").append("{\"code\":\"").append(row[i]).append("\"}");
      }
      elements.append("]}");
    }
    Path file =
        Files.writeString(
            folder.resolve("map.json"),
            "{\"resourceType\":\"ConceptMap\",\"group\":[{\"source\":\"http://snomed.info/sct\","
                + "\"target\":\"http://hl7.org/fhir/sid/icd-10-cm\",\"element\":["
                + elements
                + "]}]}");
    coder = FhirFixtures.concepts(ConceptTranslator.load(file));
  }

  @Test
  void inlineIcd10CmWinsOverSnomed() {
    ClinicalCodes codes = read(snomed("44054006"), icd("e1165"));

    assertThat(codes.diagnoses()).containsExactly(dx("E11.65"));
  }

  @Test
  void systemsMayBeNamedByOid() {
    ClinicalCodes codes = read(new Coding("urn:oid:2.16.840.1.113883.6.90", "I10", "Hypertension"));

    assertThat(codes.diagnoses()).containsExactly(dx("I10"));
  }

  @Test
  void snomedKeepsAllTargets() {
    assertThat(read(snomed("431855005")).diagnoses())
        .containsExactlyInAnyOrder(dx("N18.1"), dx("I12.9"), dx("E11.22"));
  }

  @Test
  void procedureCodesAmongTheTargetsAreDropped() {
    ClinicalCodes pain = read(snomed("22253000"));
    ClinicalCodes procedureOnly = read(snomed("111111001"));

    assertThat(pain.symptoms()).containsExactly(new Symptom("R52"));
    assertThat(pain.diagnoses()).isEmpty();
    assertThat(procedureOnly.isEmpty()).isTrue();
    assertThat(notes.omissions()).containsExactly(omission(Kind.UNMAPPED_CODE, "Condition", 1));
  }

  @Test
  void codesWithoutAPlaceInTheClassificationAreDropped() {
    assertThat(read(icd("U99.9")).isEmpty()).isTrue();
    assertThat(notes.omissions()).containsExactly(omission(Kind.NO_CODE, "Condition", 1));
  }

  @Test
  void fullLengthCodesAreRead() {
    assertThat(read(icd("S06.0X0A"), icd("O35.14X0"), icd("m80.00xs")).diagnoses())
        .containsExactlyInAnyOrder(dx("S06.0X0A"), dx("O35.14X0"), dx("M80.00XS"));
  }

  @Test
  void chapterXviiiBecomesASymptom() {
    ClinicalCodes codes = read(icd("R05.9"));

    assertThat(codes.symptoms()).containsExactly(new Symptom("R05.9"));
    assertThat(codes.diagnoses()).isEmpty();
  }

  @Test
  void anAcceptedFindingMappedOutsideChapterXviiiIsASymptomOfItsOwn() {
    ClinicalCodes codes = read(snomed(JOINT_PAIN));

    assertThat(codes.symptoms()).containsExactly(new Symptom(JOINT_PAIN));
    assertThat(codes.diagnoses()).isEmpty();
  }

  @Test
  void anAcceptedFindingMappedIntoChapterXviiiKeepsThoseTargetsOnly() {
    ClinicalCodes codes = read(snomed("386661006"));

    assertThat(codes.symptoms()).containsExactly(new Symptom("R50.9"));
    assertThat(codes.diagnoses()).isEmpty();
  }

  @Test
  void socialFindingsAreLeftOutAndCounted() {
    assertThat(read(snomed("422650009")).isEmpty()).isTrue();
    assertThat(read(icd("Z59.0")).isEmpty()).isTrue();
    assertThat(notes.omissions()).containsExactly(omission(Kind.SOCIAL_FINDING, "Condition", 2));
  }

  @Test
  void anAcceptedSocialFindingIsASymptom() {
    assertThat(read(snomed("73595000")).symptoms()).containsExactly(new Symptom("73595000"));
  }

  @Test
  void violenceSufferedIsNoSocialFinding() {
    assertThat(read(snomed("706893006")).diagnoses()).containsExactly(dx("T74.11X"));
  }

  @Test
  void whatTheMapDoesNotKnowAndWhatHasNoCodeAreCountedApart() {
    read(snomed("160903007"));
    read(new Coding("http://example.org/local", "X1", "A local code"));
    read();

    assertThat(notes.omissions())
        .containsExactly(
            omission(Kind.UNMAPPED_CODE, "Condition", 1), omission(Kind.NO_CODE, "Condition", 2));
  }

  @Test
  void namesComeFromTheChart() {
    coder.read(
        new CodeableConcept(snomed("44054006")).setText("Sugar disease"), "Condition", notes);

    assertThat(notes.displays()).containsEntry("E11.9", "Sugar disease");
  }

  private ClinicalCodes read(Coding... codings) {
    CodeableConcept concept = new CodeableConcept();
    for (Coding coding : codings) {
      concept.addCoding(coding);
    }
    return coder.read(concept, "Condition", notes);
  }

  private static Coding icd(String code) {
    return new Coding(CodeSystems.ICD_10_CM, code, null);
  }

  private static Coding snomed(String code) {
    return new Coding(CodeSystems.SNOMED_CT, code, null);
  }
}
