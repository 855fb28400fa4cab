package org.medcue.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.clinical.DrugCode;

class DrugLexiconTest {

  private static final DialogueKnowledge KNOWLEDGE =
      DialogueKnowledge.load(DialogueRegistry.BUNDLED, DialogueKnowledge.bundled());
  private static final DrugLexicon DRUGS = KNOWLEDGE.drugs();

  @Test
  void thereAreSeventyLabelsInTheOrderOfTheCorpus() {
    assertThat(DRUGS.drugs()).hasSize(70).extracting(DialogueDrug::label).doesNotHaveDuplicates();
    assertThat(DRUGS.drugs().get(0).label()).isEqualTo("黄连素");
    assertThat(DRUGS.drugs().get(10).label()).isEqualTo("奥美拉唑");
    assertThat(DRUGS.drugs().get(69).label()).isEqualTo("扶正化瘀胶囊");
    assertThat(DRUGS.drugs()).allMatch(drug -> DRUGS.drugs().get(drug.index()) == drug);
  }

  @Test
  void everyWesternDrugHasAnAtcCodeAndNoHerbalMedicineHas() {
    assertThat(DRUGS.drugs())
        .allSatisfy(
            drug ->
                assertThat(drug.atc().isEmpty())
                    .as(drug.label())
                    .isEqualTo(drug.kind() == DialogueDrug.Kind.TRADITIONAL));
  }

  @Test
  void everyDrugHasAnEnglishNameAndSeveralNamesThatAreFoundAsItself() {
    for (DialogueDrug drug : DRUGS.drugs()) {
      assertThat(drug.english()).as(drug.label()).isNotBlank();
      assertThat(drug.names()).as(drug.label()).hasSizeGreaterThan(2);
      for (String name : drug.names()) {
        assertThat(DRUGS.find("吃" + name + "。"))
            .as(name)
            .containsExactly(new DrugMention(1, name.length() + 1, drug));
      }
    }
  }

  @Test
  void codesAreThoseOfTheIngredients() {
    DialogueDrug coldMedicine = DRUGS.ofLabel("泰诺").orElseThrow();
    DialogueDrug amoxicillin = DRUGS.ofLabel("阿莫西林").orElseThrow();

    assertThat(coldMedicine.preparations())
        .containsExactly(
            Set.of(
                new DrugCode("161"),
                new DrugCode("2400"),
                new DrugCode("3289"),
                new DrugCode("8896")));
    assertThat(amoxicillin.preparations())
        .containsExactly(
            Set.of(new DrugCode("723")), Set.of(new DrugCode("723"), new DrugCode("48203")));
    assertThat(amoxicillin.atc()).containsExactly("J01CA04", "J01CR02");
  }

  @Test
  void mentionsComeFromLeftToRightWithTheirPlaces() {
    String text = "先吃奥美拉唑肠溶胶囊,再加莫沙比利";

    List<DrugMention> mentions = DRUGS.find(text);

    assertThat(mentions)
        .extracting(mention -> text.substring(mention.start(), mention.end()))
        .containsExactly("奥美拉唑肠溶胶囊", "莫沙比利");
    assertThat(mentions)
        .extracting(mention -> mention.drug().label())
        .containsExactly("奥美拉唑", "莫沙必利");
  }

  @ParameterizedTest
  @CsvSource({
    "a salt with its form, 盐酸左氧氟沙星片, 左氧氟沙星",
    "a trade name, 达喜, 铝镁化合物",
    "another drug of the cluster, 雷贝拉唑钠肠溶片, 奥美拉唑",
    "plain and cold medicine share letters, 泰诺林, 对乙酰氨基酚",
    "a misspelling, 莲花清温胶囊, 连花清瘟胶囊",
    "upper case, Omeprazole, 奥美拉唑",
    "full width, ＴＡＦ, 替诺福韦",
    "traditional characters, 蒙脫石散, 蒙脱石",
    "traditional characters, 黃連素, 黄连素",
    "a number in a name, ６５４-2片, 山莨菪碱"
  })
  void aWholeNameMeansOneDrug(String why, String name, String label) {
    assertThat(DRUGS.find(name))
        .as(why)
        .containsExactly(new DrugMention(0, name.length(), DRUGS.ofLabel(label).orElseThrow()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "曲安奈德益康唑乳膏", // another drug, though a name begins it
        "小快克", // for children, another formula
        "强力枇杷露",
        "the staff advise rest", // taf
        "多喝水，注意休息",
        ""
      })
  void noDrugIsFoundWhereNoneOfTheLabelsIsNamed(String text) {
    assertThat(DRUGS.find(text)).isEmpty();
  }

  @Test
  void anEmojiBeforeANameMovesItsPlaceByTwo() {
    assertThat(DRUGS.find("😀布洛芬")).extracting(DrugMention::start).containsExactly(2);
  }

  @Test
  void namesNextToEachOtherAreBothFound() {
    assertThat(DRUGS.find("阿莫西林克拉霉素奥美拉唑"))
        .extracting(mention -> mention.drug().label())
        .containsExactly("阿莫西林", "克拉霉素", "奥美拉唑");
  }

  @Test
  void aNameOfAnUnknownDrugIsRefused(@TempDir Path root) throws Exception {
    DialogueRegistry registry =
        DialogueRegistry.copyTo(root).publish(DrugLexicon.NAME, "names.tsv", "洛索洛芬\t洛索洛芬钠");

    refused(registry, "洛索洛芬 means 洛索洛芬钠, which is no label of drugs.tsv");
  }

  @Test
  void aNameWithTwoMeaningsIsRefused(@TempDir Path root) throws Exception {
    DialogueRegistry registry =
        DialogueRegistry.copyTo(root).publish(DrugLexicon.NAME, "names.tsv", "芬必得\t泰诺");

    refused(registry, "the name 芬必得 is empty or has two meanings");
  }

  @Test
  void aDrugWithAnotherSortOfCodeIsRefused(@TempDir Path root) throws Exception {
    DialogueRegistry registry =
        DialogueRegistry.copyTo(root)
            .publish(DrugLexicon.NAME, "names.tsv", "洛索洛芬\t洛索洛芬")
            .publish(DrugLexicon.NAME, "drugs.tsv", "洛索洛芬\tloxoprofen\tM01\tM01AE\twestern");

    refused(registry, "洛索洛芬: not an RxNorm concept identifier");
  }

  @Test
  void aChangedLexiconIsRefused(@TempDir Path root) throws Exception {
    DialogueRegistry registry =
        DialogueRegistry.copyTo(root).tamper(DrugLexicon.NAME, "names.tsv", "止痛药\t布洛芬");

    refused(registry, "was changed");
  }

  private static void refused(DialogueRegistry registry, String message) {
    assertThatExceptionOfType(KnowledgeException.class)
        .isThrownBy(registry::load)
        .withMessageContaining(message);
  }
}
