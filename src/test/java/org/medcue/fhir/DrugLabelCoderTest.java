package org.medcue.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medcue.clinical.DrugLabel;

class DrugLabelCoderTest {

  private static final DrugLabelCoder CODER = FhirFixtures.labels();

  private static CodeableConcept coded(String system, String code) {
    return new CodeableConcept(new Coding(system, code, null));
  }

  @ParameterizedTest
  @CsvSource({
    "奥美拉唑肠溶胶囊 20mg,奥美拉唑",
    "阿莫西林克拉維酸鉀片,阿莫西林",
    "Omeprazole (奥美拉唑),奥美拉唑",
    "Cefaclor 250 mg,头孢类"
  })
  void drugIsReadByItsName(String text, String label) {
    assertThat(CODER.read(new CodeableConcept().setText(text))).contains(new DrugLabel(label));
  }

  @Test
  void suggestionThatWasAcceptedIsReadByItsOwnCode() {
    CodeableConcept accepted =
        coded("http://www.whocc.no/atc", "N02BE51")
            .addCoding(new Coding("https://medcue.org/fhir/CodeSystem/dialogue-drugs", "泰诺", null));

    assertThat(CODER.read(accepted)).contains(new DrugLabel("泰诺"));
  }

  @Test
  void atcCodeCountsWhereOneLabelHasIt() {
    assertThat(CODER.read(coded("http://www.whocc.no/atc", "A02BC02")))
        .contains(new DrugLabel("奥美拉唑"));
    assertThat(CODER.read(coded("urn:oid:2.16.840.1.113883.6.73", "A02BC02"))).isPresent();
    assertThat(CODER.read(coded("http://www.whocc.no/atc", "N02BE51"))).isEmpty();
  }

  @Test
  void textThatNamesSeveralLabelsOrNoneIsNotRead() {
    assertThat(CODER.read(new CodeableConcept().setText("奥美拉唑、阿莫西林联用"))).isEmpty();
    assertThat(CODER.read(new CodeableConcept().setText("灵芝孢子粉"))).isEmpty();
    assertThat(CODER.read(new CodeableConcept())).isEmpty();
  }
}
