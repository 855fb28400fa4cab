package org.medcue.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Icd10CmTreeTest {

  private static final Icd10CmTree TREE =
      KnowledgeBase.load(Path.of("model-registry"), KnowledgeBase.bundled()).icd();

  @Test
  void codeWithSubcategoryGoesStraightToItsCategory() {
    assertThat(TREE.path("E11.65"))
        .containsExactly("E11.65", "E11", "E08-E13", "IV", Icd10CmTree.ROOT);
  }

  @Test
  void categoryThatIsACodeIsNotRepeated() {
    assertThat(TREE.path("I10")).containsExactly("I10", "I10-I16", "IX", Icd10CmTree.ROOT);
  }

  @Test
  void innermostBlockHoldsTheCodeWhereBlocksNest() {
    assertThat(TREE.path("C18.9")).contains("C15-C26").doesNotContain("C00-C75", "C00-C96");
  }

  @ParameterizedTest
  @CsvSource({
    "C4A.9, C43-C44, II",
    "C7A.1, C7A-C7A, II",
    "C7B.00, C7B-C7B, II",
    "D3A.8, D3A-D3A, II",
    "M1A.9XX0, M05-M14, XIII",
    "O9A.21, O94-O9A, XV",
    "Z3A.20, Z30-Z39, XXI",
    "I1A.0, I10-I16, IX",
    "J4A.9, J40-J47, X",
    "B20, B20-B20, I",
    "U07.1, U00-U49, XXII",
    "U09.9, U00-U49, XXII",
    "Y07.04, X92-Y09, XX",
    "R05.9, R00-R09, XVIII"
  })
  void unusualCategoryLiesInItsBlock(String code, String block, String chapter) {
    assertThat(TREE.path(code)).endsWith(block, chapter, Icd10CmTree.ROOT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"E14.9", "C7Z.9", "A11", "F02ZFYZ", "e11.9", "E119", "", "404684003"})
  void codeWithoutABlockHasNoPath(String code) {
    assertThat(TREE.path(code)).isEmpty();
  }

  @Test
  void innerNodesHaveTheRestOfThePath() {
    List<String> path = TREE.path("E11.65");
    for (int i = 0; i < path.size(); i++) {
      assertThat(TREE.path(path.get(i))).isEqualTo(path.subList(i, path.size()));
    }
  }

  @Test
  void chaptersAndBlocksHaveTitlesAndCodesKeepTheirName() {
    assertThat(TREE.titleOf("E08-E13")).isEqualTo("Diabetes mellitus");
    assertThat(TREE.titleOf("IX")).isEqualTo("Diseases of the circulatory system");
    assertThat(TREE.titleOf("E11.65")).isEqualTo("E11.65");
  }
}
