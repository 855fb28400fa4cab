package org.medcue.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medcue.clinical.DrugCode;

class InteractionTableTest {

  private static final Path REGISTRY = Path.of("model-registry");
  private static final DrugTree DRUGS =
      KnowledgeBase.load(REGISTRY, KnowledgeBase.bundled()).drugs();
  private static final InteractionTable TABLE =
      InteractionTable.load(REGISTRY, InteractionTable.bundled(), DRUGS);

  private static final DrugCode WARFARIN = new DrugCode("855332");
  private static final DrugCode NAPROXEN = new DrugCode("849574");
  private static final DrugCode ACETAMINOPHEN = new DrugCode("313782");
  private static final DrugCode LISINOPRIL = new DrugCode("314076");

  @ParameterizedTest
  @CsvSource({
    "warfarin and naproxen, 855332, 849574, bleeding",
    "simvastatin and amlodipine, 198211, 308136, myopathy",
    "simvastatin and amlodipine in a combination, 198211, 898342, myopathy",
    "lisinopril and spironolactone, 314076, 313096, hyperkalemia",
    "lisinopril and losartan, 314076, 979480, hyperkalemia",
    "lisinopril and sacubitril, 314076, 1656356, angioedema",
    "lisinopril and trimethoprim in a combination, 314076, 198335, hyperkalemia",
    "oxycodone in a combination and clonazepam, 1049221, 204892, respiratory depression",
    "codeine in a combination and diazepam, 993770, 309845, respiratory depression",
    "methotrexate and trimethoprim, 105585, 198335, marrow suppression",
    "digoxin and verapamil, 197604, 897685, digoxin toxicity",
    "ciprofloxacin and iron, 309309, 310325, poor absorption",
    "fluoxetine and meperidine, 310385, 861467, serotonin syndrome"
  })
  void knownPairsInteractInEitherOrder(String names, String one, String other, String effect) {
    DrugCode first = new DrugCode(one);
    DrugCode second = new DrugCode(other);

    assertThat(TABLE.effect(first, second)).as(names).contains(effect);
    assertThat(TABLE.interacts(second, first)).as(names).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "acetaminophen and lisinopril, 313782, 314076",
    "lisinopril and amlodipine, 314076, 308136",
    "metformin and lisinopril, 860975, 314076",
    "lisinopril in two strengths, 314076, 314077",
    "lisinopril and hydrochlorothiazide, 314076, 310798",
    "a drug that is not known, 99999999, 855332"
  })
  void otherPairsDoNot(String names, String one, String other) {
    assertThat(TABLE.interacts(new DrugCode(one), new DrugCode(other))).as(names).isFalse();
  }

  @Test
  void noDrugInteractsWithItself() throws IOException {
    List<DrugCode> products =
        Files.readAllLines(REGISTRY.resolve("knowledge/drugs/1.0.0/products.tsv")).stream()
            .filter(line -> !line.startsWith("#"))
            .map(line -> new DrugCode(line.substring(0, line.indexOf('\t'))))
            .toList();

    assertThat(products).isNotEmpty().noneMatch(drug -> TABLE.interacts(drug, drug));
  }

  @Test
  void pairsAreCountedOnce() {
    assertThat(TABLE.interactingPairs(Set.of())).isZero();
    assertThat(TABLE.interactingPairs(Set.of(WARFARIN))).isZero();
    assertThat(TABLE.interactingPairs(Set.of(WARFARIN, NAPROXEN, ACETAMINOPHEN))).isEqualTo(1);
    assertThat(TABLE.interactingPairs(Set.of(WARFARIN, NAPROXEN, LISINOPRIL)))
        .as("an ACE inhibitor and an NSAID too")
        .isEqualTo(2);
  }

  @Test
  void itIsCitedByNameAndVersionButByNoModel() {
    assertThat(TABLE.version()).hasToString("interactions/1.0.0");
    assertThat(KnowledgeBase.bundled()).doesNotContain(TABLE.version());
  }

  @Test
  void anIngredientThatTheTreeDoesNotHaveIsRefused(@TempDir Path registry) throws Exception {
    publish(registry, "C09A\t1234567\tno such ingredient\n");

    refused(registry, "no ingredient or ATC code 1234567");
  }

  @Test
  void aProductIsNoSubstance(@TempDir Path registry) throws Exception {
    publish(registry, "C09A\t855332\tby product\n");

    refused(registry, "no ingredient or ATC code 855332");
  }

  @Test
  void aChangedTableIsRefused(@TempDir Path registry) throws Exception {
    Path file = publish(registry, "C09A\tC03D\thyperkalemia\n");
    Files.writeString(file, "C09A\tC03D\tnothing\n");

    refused(registry, "was changed");
  }

  private static Path publish(Path registry, String rows)
      throws IOException, NoSuchAlgorithmException {
    Path folder = Files.createDirectories(registry.resolve("knowledge/interactions/1.0.0"));
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(rows.getBytes(StandardCharsets.UTF_8));
    Files.writeString(
        folder.resolve("SHA256SUMS"), HexFormat.of().formatHex(digest) + "  interactions.tsv\n");
    return Files.writeString(folder.resolve("interactions.tsv"), rows);
  }

  private static void refused(Path registry, String message) {
    assertThatExceptionOfType(KnowledgeException.class)
        .isThrownBy(() -> InteractionTable.load(registry, InteractionTable.bundled(), DRUGS))
        .withMessageContaining(message);
  }
}
