package org.medcue.model.visits;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.medcue.knowledge.DrugTree;
import org.medcue.knowledge.KnowledgeBase;

class LabelSpaceTest {

  private static final DrugTree DRUGS =
      KnowledgeBase.load(Path.of("model-registry"), KnowledgeBase.bundled()).drugs();

  @ParameterizedTest
  @CsvSource({
    "PRODUCT,314076",
    "INGREDIENT,29046",
    "ATC4,C09AA",
    "ATC3,C09A",
  })
  void productHasALabelAtEachLevel(LabelSpace space, String label) {
    assertThat(space.labelOf("314076", DRUGS)).contains(label); // lisinopril 10 MG
  }

  @ParameterizedTest
  @CsvSource({
    "PRODUCT,197886",
    "INGREDIENT,5487+29046",
    "ATC4,C09BA",
    "ATC3,C09B",
  })
  void combinationIsALabelOfItsOwn(LabelSpace space, String label) {
    assertThat(space.labelOf("197886", DRUGS)).contains(label); // with hydrochlorothiazide
  }

  @Test
  void ingredientWithoutRxNormCodeIsALabel() {
    assertThat(LabelSpace.INGREDIENT.labelOf("197378", DRUGS)).contains("ing:astemizole");
  }

  @Test
  void ingredientIsItsOwnLabel() {
    assertThat(LabelSpace.INGREDIENT.labelOf("29046", DRUGS)).contains("29046");
  }

  @Test
  void codeOutsideTheTreeIsALabelAmongProductsOnly() {
    assertThat(LabelSpace.PRODUCT.labelOf("9999999", DRUGS)).contains("9999999");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PRODUCT")
  void codeOutsideTheTreeHasNoPlaceAboveProducts(LabelSpace space) {
    assertThat(space.labelOf("9999999", DRUGS)).isEmpty();
  }
}
