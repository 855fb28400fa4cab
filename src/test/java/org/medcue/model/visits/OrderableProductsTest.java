package org.medcue.model.visits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Visit;
import org.medcue.model.mrkpa.SmallCohort;

class OrderableProductsTest {

  private static final String LISINOPRIL_10 = "314076";
  private static final String LISINOPRIL_20 = "314077";
  private static final String SIMVASTATIN_20 = "312961";
  private static final String ATORVASTATIN_80 = "259255";

  private static Visit ordered(int day, String... drugs) {
    return SmallCohort.visit(day, Set.of("I10"), Set.of(), Set.of(drugs));
  }

  private static OrderableProducts products(LabelSpace space, Visit... visits) {
    Vocabulary vocabulary = Vocabulary.of(List.of(visits), SmallCohort.KNOWLEDGE, space, true);
    return OrderableProducts.of(List.of(visits), vocabulary, SmallCohort.KNOWLEDGE.drugs());
  }

  @Test
  void mostOrderedProductStandsForTheIngredient() {
    OrderableProducts products =
        products(
            LabelSpace.INGREDIENT,
            ordered(0, LISINOPRIL_10, SIMVASTATIN_20),
            ordered(1, LISINOPRIL_20),
            ordered(2, LISINOPRIL_20));

    assertThat(products.productOf())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("29046", new DrugCode(LISINOPRIL_20), "36567", new DrugCode(SIMVASTATIN_20)));
  }

  @Test
  void lowerCodeWinsATie() {
    OrderableProducts products =
        products(LabelSpace.INGREDIENT, ordered(0, LISINOPRIL_20), ordered(1, LISINOPRIL_10));

    assertThat(products.productOf("29046")).isEqualTo(new DrugCode(LISINOPRIL_10));
  }

  @Test
  void classIsOfferedAsItsMostOrderedDrug() {
    OrderableProducts products =
        products(
            LabelSpace.ATC4,
            ordered(0, SIMVASTATIN_20),
            ordered(1, ATORVASTATIN_80),
            ordered(2, ATORVASTATIN_80));

    assertThat(products.productOf("C10AA")).isEqualTo(new DrugCode(ATORVASTATIN_80));
  }

  @Test
  void productStandsForItself() {
    OrderableProducts products =
        products(LabelSpace.PRODUCT, ordered(0, LISINOPRIL_10, LISINOPRIL_20, "9999999"));

    assertThat(products.productOf().keySet())
        .containsExactlyInAnyOrder(LISINOPRIL_10, LISINOPRIL_20, "9999999")
        .allSatisfy(label -> assertThat(products.productOf(label).value()).isEqualTo(label));
  }

  @Test
  void visitsWithoutAProductOfALabelAreRefused() {
    Vocabulary vocabulary =
        Vocabulary.of(
            List.of(ordered(0, LISINOPRIL_10, SIMVASTATIN_20)),
            SmallCohort.KNOWLEDGE,
            LabelSpace.INGREDIENT,
            true);

    assertThatThrownBy(
            () ->
                OrderableProducts.of(
                    List.of(ordered(0, LISINOPRIL_10)), vocabulary, SmallCohort.KNOWLEDGE.drugs()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label");
  }
}
