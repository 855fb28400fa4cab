package org.medcue.model.mrkpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Explanation;
import org.medcue.clinical.ScoredDrug;
import org.medcue.clinical.Visit;
import org.medcue.clinical.VisitSequence;
import org.medcue.knowledge.DrugTree;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.model.ModelManifest;
import org.medcue.model.visits.LabelSpace;
import org.medcue.model.visits.OrderableProducts;
import org.medcue.model.visits.Vocabulary;

/** A version that predicts ingredients: it offers products all the same. */
class WiderLabelsTest {

  private static final DrugCode LISINOPRIL_10 = new DrugCode("314076");
  private static final DrugCode LISINOPRIL_20 = new DrugCode("314077");
  private static final DrugCode SIMVASTATIN_20 = new DrugCode("312961");

  private static final List<Visit> TRAINING =
      List.of(
          visit(0, Set.of("314077", "312961")),
          visit(1, Set.of("314077")),
          visit(2, Set.of("314076")));

  private final Path folder;

  WiderLabelsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static Visit visit(int day, Set<String> drugs) {
    return SmallCohort.visit(day, Set.of("I10"), Set.of("R05.9"), drugs);
  }

  @BeforeEach
  void save() throws IOException {
    Vocabulary vocabulary =
        Vocabulary.of(TRAINING, SmallCohort.KNOWLEDGE, LabelSpace.INGREDIENT, true);
    try (MrKpaModel model = MrKpaModel.initialise(SmallCohort.CONFIG, vocabulary, 1)) {
      model.save(folder);
    }
    OrderableProducts.of(TRAINING, vocabulary, SmallCohort.KNOWLEDGE.drugs()).write(folder);
    seal();
  }

  private void seal() {
    ModelFolder.seal(
        folder,
        new ModelManifest(
            "mrkpa",
            "0.0.1",
            new JsonMapper().valueToTree(SmallCohort.CONFIG),
            SmallCohort.KNOWLEDGE.versions(),
            0.3,
            Map.of(),
            Map.of(),
            Map.of()));
  }

  private MrKpaPredictor load() {
    return MrKpaPredictor.load(ModelFolder.open(folder), SmallCohort.KNOWLEDGE);
  }

  @Test
  void predictedIngredientIsOfferedAsItsMostOrderedProduct() {
    VisitSequence visits = new VisitSequence(TRAINING, visit(9, Set.of()));
    try (MrKpaPredictor predictor = load()) {
      assertThat(predictor.predict(visits).ranked())
          .extracting(ScoredDrug::drug)
          .containsExactlyInAnyOrder(LISINOPRIL_20, SIMVASTATIN_20);
      assertThat(predictor.widerLevel()).contains("ingredient");
    }
  }

  @Test
  void productOfAnEarlierVisitSpeaksForTheIngredientUnderItsOtherProduct() {
    VisitSequence visits =
        new VisitSequence(
            List.of(visit(0, Set.of("312961")), visit(1, Set.of("314076"))), visit(9, Set.of()));
    try (MrKpaPredictor predictor = load()) {
      Explanation explanation = predictor.explain(visits, List.of(LISINOPRIL_20)).get(0);

      assertThat(explanation.drug()).isEqualTo(LISINOPRIL_20);
      assertThat(explanation.visits().get(0).of()).isEqualTo("visit-1");
      assertThat(explanation.visits().get(0).weight()).isPositive();
      DrugTree tree = SmallCohort.KNOWLEDGE.drugs();
      assertThat(predictor.labelOf(LISINOPRIL_10, tree))
          .isEqualTo(predictor.labelOf(LISINOPRIL_20, tree));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'29046': '314077'}                                  | no product for the label 36567",
        "{'29046': '314077', '36567': 7}                      | no product for the label 36567",
        "{'29046': '314077', '36567': 'x'}                    | none of it: x",
        "{'29046': '314077', '36567': '314076'}               | none of it: 314076",
        "{'29046': '314077', '36567': '312961', '1': '2'}     | does not predict",
        "[]                                                   | does not hold",
        "null                                                 | does not hold",
      },
      quoteCharacter = '"')
  void productsThatDoNotFitTheLabelsAreRefused(String json, String why) throws IOException {
    Files.writeString(folder.resolve(OrderableProducts.FILE), json.replace('\'', '"'));
    seal();

    assertThatThrownBy(this::load)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(OrderableProducts.FILE)
        .hasMessageContaining(why)
        .hasMessageNotContainingAny("\n");
  }

  @Test
  void versionOfIngredientsWithoutProductsIsRefused() throws IOException {
    Files.delete(folder.resolve(OrderableProducts.FILE));
    seal();

    assertThatThrownBy(this::load)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(OrderableProducts.FILE);
  }
}
