package org.medcue.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.medcue.knowledge.DrugTree.NDC;
import static org.medcue.knowledge.DrugTree.RXNORM;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.clinical.DrugCode;

class DrugTreeTest {

  private static final Path REGISTRY = Path.of("model-registry");
  private static final DrugTree TREE =
      KnowledgeBase.load(REGISTRY, KnowledgeBase.bundled()).drugs();

  @Test
  void drugGoesThroughItsIngredientAndAllAtcLevels() {
    assertThat(TREE.path("314076"))
        .containsExactly("314076", "29046", "C09AA03", "C09AA", "C09A", "C09", "C", DrugTree.ROOT);
  }

  @Test
  void combinationHasOneNodeOfItsIngredientsInAscendingOrder() {
    assertThat(TREE.path("197886"))
        .startsWith("197886", "5487+29046", "C09BA03")
        .endsWith(DrugTree.ROOT);
  }

  @Test
  void everyDrugOfTheCohortHasAFullPath() throws IOException {
    List<String> cohort = cohort();
    assertThat(cohort).hasSize(239);
    assertThat(cohort)
        .allSatisfy(
            code -> {
              assertThat(TREE.path(code)).hasSizeGreaterThanOrEqualTo(7).endsWith(DrugTree.ROOT);
              assertThat(TREE.name(new DrugCode(code))).isPresent();
            });
  }

  @Test
  void everyNodeHasOneParentAndANameOfItsOwn() throws IOException {
    for (String code : rxcuis()) {
      List<String> path = TREE.path(code);
      assertThat(new HashSet<>(path)).hasSameSizeAs(path);
      for (int i = 0; i < path.size(); i++) {
        assertThat(TREE.path(path.get(i))).isEqualTo(path.subList(i, path.size()));
      }
    }
  }

  @Test
  void everyAtcCodeIsWellFormedAndItsClassesAreNamed() throws IOException {
    for (String code : rxcuis()) {
      assertThat(TREE.classes(new DrugCode(code)))
          .isNotEmpty()
          .allMatch(atc -> atc.matches("[A-Z]([0-9]{2}([A-Z]([A-Z]([0-9]{2})?)?)?)?"))
          .allMatch(atc -> atc.length() == 7 || TREE.className(atc).isPresent());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999999", "no code", "", "C09ZZ"})
  void unknownCodeHasNoPath(String code) {
    assertThat(TREE.path(code)).isEmpty();
  }

  @Test
  void ingredientCodeHasAPathAndIsItsOwnIngredient() {
    DrugCode lisinopril = new DrugCode("29046");
    assertThat(TREE.path("29046")).startsWith("29046", "C09AA03").endsWith(DrugTree.ROOT);
    assertThat(TREE.ingredients(lisinopril)).containsExactly("29046");
    assertThat(TREE.name(lisinopril)).contains("lisinopril");
  }

  @Test
  void multipleIngredientCodeOfAnAllergyNamesBothIngredients() {
    assertThat(TREE.ingredients(new DrugCode("10831"))).containsExactly("10180", "10829");
  }

  @Test
  void classesOfACombinationCoverEachIngredient() {
    assertThat(TREE.classes(new DrugCode("857005")))
        .as("acetaminophen with hydrocodone")
        .contains("N02AJ22", "N02A", "N02BE01", "R05DA03", "N");
  }

  @Test
  void unknownDrugHasNoFacts() {
    DrugCode unknown = new DrugCode("99999999");
    assertThat(TREE.knows(unknown)).isFalse();
    assertThat(TREE.name(unknown)).isEmpty();
    assertThat(TREE.ingredients(unknown)).isEmpty();
    assertThat(TREE.classes(unknown)).isEmpty();
  }

  @Test
  void rxNormCodeStandsForItselfEvenIfUnknown() {
    assertThat(TREE.resolve(RXNORM, "314076")).contains(new DrugCode("314076"));
    assertThat(TREE.resolve(RXNORM, "99999999")).contains(new DrugCode("99999999"));
    assertThat(TREE.resolve(RXNORM, "lisinopril")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"16714000610", "16714-0006-10", " 16714000610 "})
  void ndcInBothFormsStandsForItsDrug(String ndc) {
    assertThat(TREE.resolve(NDC, ndc)).contains(new DrugCode("854228"));
  }

  @ParameterizedTest
  @CsvSource({
    "5-3-2, 16714-006-10, 854228",
    "4-4-2, 0054-4550-15, 105585",
    "5-4-1, 16714-0006-1, 854228"
  })
  void dashesOfATenDigitNdcShowWhereItsZeroIsMissing(String form, String ndc, String rxcui) {
    assertThat(TREE.resolve(NDC, ndc)).as(form).contains(new DrugCode(rxcui));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1671400061",
        "6714-006-10",
        "16714-006-1",
        "16714-00061-0",
        "16714-0006",
        "",
        "x"
      })
  void ndcInAnotherFormIsNotGuessed(String ndc) {
    assertThat(TREE.resolve(NDC, ndc)).isEmpty();
  }

  @Test
  void unknownNdcAndOtherSystemsResolveToNothing() {
    assertThat(TREE.resolve(NDC, "99999999999")).isEmpty();
    assertThat(TREE.resolve("http://snomed.info/sct", "314076")).isEmpty();
  }

  @Test
  void ndcOfTwoDrugsIsNotGuessed() {
    assertThat(TREE.resolve(NDC, "41163040578")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Penicillin | J01C",
        "Penicillins | J01C",
        "Penicillin V | 7984 J01C",
        "Lisinopril | 29046",
        "allergic to SULFA drugs | J01E",
        "Sulfamethoxazole / Trimethoprim | 10180 10829",
        "TMP/SMX | 10180 10829",
        "NSAIDs (hives) | 1191 M01A",
        "Ethinyl Estradiol | 4124",
        "codeine phosphate, Z-Pak | 18631 2670",
        "cephalosporin antibiotics | J01DB J01DC J01DD J01DE",
        "statins | C10AA"
      })
  void allergyTextNamesItsSubstances(String text, String keys) {
    assertThat(TREE.substancesNamed(text)).containsExactlyInAnyOrder(keys.split(" "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Peanut",
        "Shellfish (substance)",
        "Penicillamine",
        "sulfates and sulfites",
        "Allergy to substance (finding)",
        "no known drug allergies",
        ""
      })
  void otherTextNamesNone(String text) {
    assertThat(TREE.substancesNamed(text)).isEmpty();
  }

  @Test
  void aPenicillinAllergyReachesAmoxicillin() {
    Set<String> named = TREE.substancesNamed("Penicillin");
    assertThat(TREE.classes(new DrugCode("308182"))).containsAnyElementsOf(named);
    assertThat(TREE.classes(new DrugCode("314076"))).doesNotContainAnyElementsOf(named);
  }

  private static List<String> cohort() throws IOException {
    try (InputStream codes =
        Objects.requireNonNull(DrugTreeTest.class.getResourceAsStream("cohort-drugs.txt"))) {
      return new String(codes.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static List<String> rxcuis() throws IOException {
    Path products = REGISTRY.resolve("knowledge/drugs/1.0.0/products.tsv");
    return Files.readAllLines(products).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t")[0])
        .toList();
  }
}
