package org.medcue.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.knowledge.DialogueDisease.Department;

class DialogueDiseasesTest {

  private static final DialogueDiseases DISEASES =
      DialogueKnowledge.load(DialogueRegistry.BUNDLED, DialogueKnowledge.bundled()).diseases();

  @Test
  void thereAreSixteenDiseasesAndTheRest() {
    assertThat(DISEASES.diseases()).hasSize(17);
    assertThat(DISEASES.other().label()).isEqualTo("其他疾病或无确诊");
    assertThat(DISEASES.diseases())
        .allMatch(disease -> DISEASES.diseases().get(disease.index()) == disease);
  }

  @Test
  void departmentsHaveAsManyDiseasesAsInThePaper() {
    List<Department> departments =
        DISEASES.diseases().stream().map(DialogueDisease::department).toList();

    assertThat(Collections.frequency(departments, Department.RESPIRATORY)).isEqualTo(4);
    assertThat(Collections.frequency(departments, Department.GASTROENTEROLOGY)).isEqualTo(9);
    assertThat(Collections.frequency(departments, Department.DERMATOLOGY)).isEqualTo(3);
  }

  @Test
  void everyDiseaseIsFoundByItsCodesAndNames() {
    for (DialogueDisease disease : DISEASES.diseases()) {
      assertThat(disease.icd10()).as(disease.label()).isNotEmpty();
      assertThat(disease.icd10()).allMatch(code -> DISEASES.ofCode(code) == disease);
      assertThat(disease.names()).allMatch(name -> DISEASES.ofName(name) == disease);
      assertThat(DISEASES.ofName(disease.label())).isEqualTo(disease);
      assertThat(DISEASES.ofName(disease.english())).isEqualTo(disease);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "K29.50, gastritis",
    "K29.80, duodenitis",
    "k2980, duodenitis",
    "J30.1, allergic rhinitis",
    "J30.0, rhinitis",
    "J06.900x003, upper respiratory tract infection",
    "J10.01, pneumonia",
    "J10.1, upper respiratory tract infection",
    "K75.81, fatty liver",
    "K75.89, hepatitis",
    "K71.3, hepatitis",
    "K71.7, liver cirrhosis",
    "B18.1, viral hepatitis",
    "L70.0, dermatitis",
    "L23.9, allergic dermatitis"
  })
  void theLongestPrefixDecides(String code, String english) {
    assertThat(DISEASES.ofCode(code).english()).isEqualTo(english);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"I10", "J20.9", "A05.1", "J05.1", "B00.4", "K21.9", "K2", "444814009", "", "感冒"})
  void otherCodesAreOther(String code) {
    assertThat(DISEASES.ofCode(code)).isEqualTo(DISEASES.other());
  }

  @ParameterizedTest
  @CsvSource({
    "感冒, 上呼吸道感染",
    "孕妇感冒, 上呼吸道感染",
    "慢性胃炎伴糜烂, 胃炎",
    "慢性浅表性胃炎（幽门螺杆菌阳性）, 胃炎",
    "胃食管反流病伴食管炎, 食管炎",
    "過敏性鼻炎, 过敏性鼻炎",
    "重度非酒精性脂肪性肝炎, 脂肪肝",
    "小儿支气管肺炎, 肺炎",
    "Acute Tonsillitis, 上呼吸道感染"
  })
  void aNameWithWordsBeforeItIsFound(String text, String label) {
    assertThat(DISEASES.ofName(text).label()).isEqualTo(label);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"高血压", "肺炎疫苗接种", "肺炎待排", "疑似肺炎", "胃炎?", "无胃炎", "no pneumonia", "scold", "", "（）"})
  void otherDeniedAndDoubtedTextsAreOther(String text) {
    assertThat(DISEASES.ofName(text)).isEqualTo(DISEASES.other());
  }

  @Test
  void aCodeOfTwoDiseasesIsRefused(@TempDir Path root) throws Exception {
    refused(root, "支气管炎\tbronchitis\trespiratory\tJ18\t", "\"J18\" of 支气管炎");
  }

  @Test
  void aMalformedCodeIsRefused(@TempDir Path root) throws Exception {
    refused(root, "支气管炎\tbronchitis\trespiratory\tJ2\t", "J2 is no ICD-10 category or code");
  }

  @Test
  void anUnknownDepartmentIsRefused(@TempDir Path root) throws Exception {
    refused(root, "支气管炎\tbronchitis\tsurgery\tJ20\t", "no department surgery");
  }

  @Test
  void aDiseaseBehindTheOneThatTakesTheRestIsRefused(@TempDir Path root) throws Exception {
    refused(root, "支气管炎\tbronchitis\trespiratory\tJ20\t", "the last label must take the rest");
  }

  private static void refused(Path root, String row, String message) throws Exception {
    DialogueRegistry registry =
        DialogueRegistry.copyTo(root).publish(DialogueDiseases.NAME, "diseases.tsv", row);

    assertThatExceptionOfType(KnowledgeException.class)
        .isThrownBy(registry::load)
        .withMessageContaining(message);
  }
}
