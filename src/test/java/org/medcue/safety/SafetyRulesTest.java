package org.medcue.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medcue.clinical.Allergy;
import org.medcue.clinical.Drug;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.DrugLabel;
import org.medcue.knowledge.KnowledgeLibrary;

class SafetyRulesTest {

  private static final DrugCode LISINOPRIL_10 = new DrugCode("314076");
  private static final DrugCode LISINOPRIL_40 = new DrugCode("197884");
  private static final DrugCode LISINOPRIL_HCT = new DrugCode("197885");
  private static final DrugCode AMOXICILLIN = new DrugCode("308182");
  private static final DrugCode ACETAMINOPHEN = new DrugCode("313782");
  private static final DrugCode IBUPROFEN = new DrugCode("310965");
  private static final DrugCode ASPIRIN = new DrugCode("243670");
  private static final DrugCode UNKNOWN = new DrugCode("99999999");
  private static final DrugCode LISINOPRIL_INGREDIENT = new DrugCode("29046");
  private static final DrugCode BENAZEPRIL_INGREDIENT = new DrugCode("18867");
  private static final DrugCode IBUPROFEN_INGREDIENT = new DrugCode("5640");

  private static final SafetyRules RULES =
      new SafetyRules(
          KnowledgeLibrary.unregistered(Path.of("model-registry")).terminology(List.of()));

  private static Allergy coded(DrugCode code) {
    return new Allergy(Optional.of(code), "as charted");
  }

  private static Allergy text(String text) {
    return new Allergy(Optional.empty(), text);
  }

  private static List<SafetyFinding> check(Drug drug, Allergy... allergies) {
    return RULES.check(drug, Set.of(), Set.of(), List.of(allergies));
  }

  private static List<SafetyFinding> check(
      Drug drug, Set<? extends Drug> current, Set<? extends Drug> drafts) {
    return RULES.check(drug, current, drafts, List.of());
  }

  @Test
  void allergyToTheIngredient() {
    Allergy allergy = coded(LISINOPRIL_INGREDIENT);

    assertThat(check(LISINOPRIL_10, allergy))
        .containsExactly(new AllergyFinding(LISINOPRIL_10, allergy, Optional.empty()));
  }

  /** Whoever writes a report into the field gets no false assurance, and nobody waits for it. */
  @Test
  void longTextIsReadAtItsBeginningAndSaidToBeUnread() {
    String report = " was asked and knows of nothing else.".repeat(20);

    assertThat(check(LISINOPRIL_10, text("lisinopril" + report)))
        .hasOnlyElementsOfType(AllergyFinding.class)
        .hasSize(1);
    assertThat(check(LISINOPRIL_10, text("penicillin" + report + "lisinopril")))
        .hasOnlyElementsOfType(CouldNotCheck.class)
        .hasSize(1);
  }

  /** As the orders that Medcue suggests are coded themselves. */
  @Test
  void allergyThatIsAnAtcCodeAlone() {
    DrugLabel omeprazole = new DrugLabel("奥美拉唑");

    assertThat(check(omeprazole, text("A02BC01"))).hasOnlyElementsOfType(AllergyFinding.class);
    assertThat(check(omeprazole, text("A02BC"))).hasOnlyElementsOfType(AllergyFinding.class);
    assertThat(check(omeprazole, text("J01CA04"))).isEmpty();
  }

  @Test
  void allergyToOneIngredientOfACombination() {
    assertThat(check(LISINOPRIL_HCT, coded(LISINOPRIL_INGREDIENT)))
        .hasOnlyElementsOfType(AllergyFinding.class)
        .hasSize(1);
  }

  @Test
  void allergyToAnotherDrugOfTheSameLevel4ClassIsCrossSensitivity() {
    Allergy allergy = coded(BENAZEPRIL_INGREDIENT);

    assertThat(check(LISINOPRIL_10, allergy))
        .containsExactly(new AllergyFinding(LISINOPRIL_10, allergy, Optional.of("C09AA")));
  }

  @Test
  void labelIsWithheldForAnyDrugThatItMayStandFor() {
    DrugLabel inhibitors = new DrugLabel("奥美拉唑");
    Allergy pantoprazole = coded(new DrugCode("40790"));

    assertThat(check(inhibitors, pantoprazole))
        .containsExactly(new AllergyFinding(inhibitors, pantoprazole, Optional.empty()));
    assertThat(check(inhibitors, text("兰索拉唑")))
        .containsExactly(new AllergyFinding(inhibitors, text("兰索拉唑"), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({"青霉素过敏,阿莫西林", "对青霉素类过敏,阿莫西林", "头孢过敏,头孢类", "青黴素過敏,阿莫西林", "Penicillin,阿莫西林", "磺胺,"})
  void allergyInChineseIsRead(String words, @Nullable String withheld) {
    List<SafetyFinding> findings =
        check(new DrugLabel(withheld == null ? "布洛芬" : withheld), text(words));

    if (withheld == null) {
      assertThat(findings).isEmpty();
    } else {
      assertThat(findings).singleElement().isInstanceOf(AllergyFinding.class);
    }
  }

  @Test
  void labelOfUnknownIngredientsIsSaidToBeUnchecked() {
    DrugLabel herbs = new DrugLabel("双黄连口服液");

    assertThat(check(herbs, text("Penicillin")))
        .containsExactly(new CouldNotCheck(herbs, Optional.empty()));
  }

  @Test
  void labelSharesAnIngredientWithAnotherLabelAndWithAProduct() {
    DrugLabel cold = new DrugLabel("泰诺");

    assertThat(check(cold, Set.of(ACETAMINOPHEN), Set.of(new DrugLabel("对乙酰氨基酚"))))
        .containsExactly(
            new DuplicateFinding(cold, "161", ACETAMINOPHEN, false),
            new DuplicateFinding(cold, "161", new DrugLabel("对乙酰氨基酚"), true));
  }

  @Test
  void allergyWithoutCodeIsReadByItsWords() {
    assertThat(check(LISINOPRIL_10, text("Lisinopril")))
        .containsExactly(new AllergyFinding(LISINOPRIL_10, text("Lisinopril"), Optional.empty()));
  }

  @Test
  void allergyThatNamesAClassCoversItsDrugs() {
    assertThat(check(AMOXICILLIN, text("Penicillin")))
        .singleElement()
        .isInstanceOfSatisfying(
            AllergyFinding.class, finding -> assertThat(finding.crossSensitivity()).isTrue());
  }

  @Test
  void allergyWithUnknownCodeIsReadByItsWords() {
    Allergy allergy = new Allergy(Optional.of(UNKNOWN), "Lisinopril");

    assertThat(check(LISINOPRIL_10, allergy)).hasOnlyElementsOfType(AllergyFinding.class);
  }

  @Test
  void wordsOfAnAllergyCountBesideItsCode() {
    Allergy allergy = new Allergy(Optional.of(IBUPROFEN_INGREDIENT), "NSAIDs");

    assertThat(check(ASPIRIN, allergy)).hasOnlyElementsOfType(AllergyFinding.class).hasSize(1);
    assertThat(check(IBUPROFEN, allergy))
        .containsExactly(new AllergyFinding(IBUPROFEN, allergy, Optional.empty()));
  }

  @Test
  void allergyToSomethingElseIsNoFinding() {
    assertThat(check(ACETAMINOPHEN, coded(LISINOPRIL_INGREDIENT), text("Penicillin"))).isEmpty();
  }

  @Test
  void allergyToNoKnownSubstanceCouldNotBeChecked() {
    assertThat(check(ACETAMINOPHEN, text("Animal dander")))
        .containsExactly(new CouldNotCheck(ACETAMINOPHEN, Optional.of(text("Animal dander"))));
  }

  @Test
  void unknownDrugCouldNotBeChecked() {
    assertThat(check(UNKNOWN, text("Penicillin")))
        .containsExactly(new CouldNotCheck(UNKNOWN, Optional.empty()));
  }

  @Test
  void drugThatIsTakenOrDraftedWithUnknownIngredientsCouldNotBeCompared() {
    CouldNotCheck unknown = new CouldNotCheck(UNKNOWN, Optional.empty());

    assertThat(check(LISINOPRIL_10, Set.of(UNKNOWN), Set.of())).containsExactly(unknown);
    assertThat(check(LISINOPRIL_10, Set.of(), Set.of(UNKNOWN))).containsExactly(unknown);
  }

  @Test
  void ingredientTakenUnderAnotherProduct() {
    assertThat(check(LISINOPRIL_10, Set.of(LISINOPRIL_40), Set.of()))
        .containsExactly(new DuplicateFinding(LISINOPRIL_10, "29046", LISINOPRIL_40, false));
  }

  @Test
  void ingredientDraftedUnderAnotherProduct() {
    assertThat(check(LISINOPRIL_10, Set.of(), Set.of(LISINOPRIL_HCT)))
        .containsExactly(new DuplicateFinding(LISINOPRIL_10, "29046", LISINOPRIL_HCT, true));
  }

  @Test
  void theSameProductIsARenewalNotADuplicate() {
    assertThat(check(LISINOPRIL_10, Set.of(LISINOPRIL_10), Set.of())).isEmpty();
  }
}
