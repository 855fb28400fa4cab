package org.medcue.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.medcue.knowledge.DiseaseGraph.Entity;
import org.medcue.knowledge.DiseaseGraph.Neighbour;
import org.medcue.knowledge.DiseaseGraph.Surroundings;
import org.medcue.knowledge.DiseaseGraph.Triple;

class DiseaseGraphTest {

  private static final DialogueKnowledge KNOWLEDGE =
      DialogueKnowledge.load(DialogueRegistry.BUNDLED, DialogueKnowledge.bundled());
  private static final DiseaseGraph GRAPH = KNOWLEDGE.graph();
  private static final int RELATIONS = GRAPH.relations().size();

  @Test
  void labelsComeFirstInTheirOrder() {
    for (DialogueDisease disease : KNOWLEDGE.diseases().diseases()) {
      assertThat(GRAPH.entity(disease).name()).isEqualTo(disease.label());
      assertThat(GRAPH.entity(disease).index()).isEqualTo(disease.index());
    }
    for (DialogueDrug drug : KNOWLEDGE.drugs().drugs()) {
      assertThat(GRAPH.entity(drug).name()).isEqualTo(drug.label());
      assertThat(GRAPH.entity(drug).index()).isEqualTo(17 + drug.index());
    }
    assertThat(GRAPH.entities()).allMatch(entity -> GRAPH.entities().get(entity.index()) == entity);
  }

  @Test
  void everyDiseaseHasSymptomsExaminationsCausesMeasuresAndDrugs() {
    for (DialogueDisease disease : KNOWLEDGE.diseases().diseases()) {
      boolean rest = disease.equals(KNOWLEDGE.diseases().other());
      for (String relation :
          List.of("has_symptom", "needs_examination", "caused_by", "benefits_from", "treated_by")) {
        assertThat(tails(disease.label(), relation).size())
            .as(disease.label() + " " + relation)
            .satisfies(count -> assertThat(count >= 3).isEqualTo(!rest));
      }
    }
  }

  @Test
  void everyDrugHasAClassAWayOfWorkingARouteASymptomAndADisease() {
    for (DialogueDrug drug : KNOWLEDGE.drugs().drugs()) {
      for (String relation :
          List.of("member_of_class", "acts_by", "given_by", "relieves_symptom")) {
        assertThat(tails(drug.label(), relation)).as(drug.label() + " " + relation).isNotEmpty();
      }
      int treats = index("treated_by") + RELATIONS;
      assertThat(GRAPH.neighbours(GRAPH.entity(drug).index()))
          .as(drug.label())
          .anyMatch(neighbour -> neighbour.relation() == treats);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "肺炎, needs_examination, 胸部X线",
    "病毒性肝炎, treated_by, 恩替卡韦",
    "脂溢性皮炎, treated_by, 二硫化硒",
    "过敏性鼻炎, subtype_of, 鼻炎",
    "泰诺, contains, 对乙酰氨基酚",
    "左氧氟沙星, contraindicated_in, 18岁以下未成年人",
    "左氧氟沙星, interacts_with, 布洛芬"
  })
  void itSays(String head, String relation, String tail) {
    assertThat(tails(head, relation)).contains(tail);
  }

  @Test
  void noDrugIsAUsualOneForADiseaseInWhichItIsContraindicated() {
    for (DialogueDisease disease : KNOWLEDGE.diseases().diseases()) {
      for (String drug : tails(disease.label(), "treated_by")) {
        assertThat(tails(drug, "contraindicated_in")).as(drug).doesNotContain(disease.label());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"interacts_with", "combined_with", "differs_from"})
  void mutualRelationsAreWrittenOnce(String relation) {
    Set<Triple> triples = new HashSet<>(GRAPH.triples());

    assertThat(triples)
        .filteredOn(triple -> triple.relation() == index(relation))
        .isNotEmpty()
        .noneMatch(
            triple ->
                triples.contains(new Triple(triple.tail(), triple.relation(), triple.head())));
  }

  @Test
  void neighboursAreSeenFromBothEndsInOrder() {
    int drug = GRAPH.entity("美沙拉秦").orElseThrow().index();
    int disease = GRAPH.entity("肠炎").orElseThrow().index();
    int treatedBy = index("treated_by");

    assertThat(GRAPH.neighbours(disease)).contains(new Neighbour(treatedBy, drug));
    assertThat(GRAPH.neighbours(drug))
        .contains(new Neighbour(treatedBy + RELATIONS, disease))
        .isSortedAccordingTo(
            (one, other) ->
                one.relation() == other.relation()
                    ? Integer.compare(one.entity(), other.entity())
                    : Integer.compare(one.relation(), other.relation()));
    assertThat(GRAPH.entities().stream().mapToInt(e -> GRAPH.neighbours(e.index()).size()).sum())
        .isEqualTo(2 * GRAPH.triples().size());
  }

  @Test
  void surroundingsGrowByTheHop() {
    int disease = GRAPH.entity("食管炎").orElseThrow().index();
    Set<Integer> next =
        GRAPH.neighbours(disease).stream().map(Neighbour::entity).collect(Collectors.toSet());

    Surroundings alone = GRAPH.around(disease, 0);
    Surroundings near = GRAPH.around(disease, 1);
    Surroundings wide = GRAPH.around(disease, 2);

    assertThat(alone.entities()).containsExactly(disease);
    assertThat(alone.triples()).isEmpty();
    assertThat(near.entities()).startsWith(disease).hasSize(1 + next.size()).containsAll(next);
    assertThat(near.triples())
        .contains(triple("食管炎", "treated_by", "奥美拉唑"))
        .as("among the neighbours too")
        .contains(triple("奥美拉唑", "relieves_symptom", "反酸"))
        .doesNotContain(triple("奥美拉唑", "acts_by", "抑制胃酸分泌"));
    assertThat(wide.entities().subList(0, near.entities().size())).isEqualTo(near.entities());
    assertThat(wide.triples()).contains(triple("奥美拉唑", "acts_by", "抑制胃酸分泌"));
    assertThat(wide.entities()).doesNotHaveDuplicates();
  }

  @Test
  void theDiseaseThatTakesTheRestStandsAlone() {
    int other = GRAPH.entity(KNOWLEDGE.diseases().other()).index();

    assertThat(GRAPH.neighbours(other)).isEmpty();
    assertThat(GRAPH.around(other, 3).entities()).containsExactly(other);
  }

  @ParameterizedTest
  @CsvSource({
    "a drug that has no label, 胃炎\ttreated_by\t阿司匹林, 'needs a drug, but none is labelled 阿司匹林'",
    "a disease that has no label, 胆囊炎\thas_symptom\t发热, 'needs a disease, but none is labelled'",
    "a disease for a drug, 胃炎\ttreated_by\t肠炎, 'needs a drug, but none is labelled 肠炎'",
    "a drug for a symptom, 胃炎\thas_symptom\t泰诺, 'needs a symptom, but 泰诺 is a drug'",
    "a symptom for a condition, 胃炎\tcomplication\t反酸, 'but 反酸 is a symptom'",
    "a relation that is not listed, 胃炎\tcured_by\t泰诺, no relation cured_by in relations.tsv",
    "a fact again, 胃炎\thas_symptom\t反酸, 胃炎 has_symptom 反酸 occurs twice",
    "a disease of itself, 胃炎\tcomplication\t胃炎, 胃炎 is related to itself"
  })
  void aFactThatDoesNotHangTogetherIsRefused(
      String why, String row, String message, @TempDir Path root) throws Exception {
    DialogueRegistry registry =
        DialogueRegistry.copyTo(root).publish(DiseaseGraph.NAME, "triples.tsv", row);

    refused(registry, message);
  }

  @Test
  void aChangedGraphIsRefused(@TempDir Path root) throws Exception {
    DialogueRegistry registry =
        DialogueRegistry.copyTo(root)
            .tamper(DiseaseGraph.NAME, "triples.tsv", "胃炎\ttreated_by\t布洛芬");

    refused(registry, "was changed");
  }

  @Test
  void modelsCiteOneVersionOfEachPiece() {
    assertThat(KNOWLEDGE.versions())
        .isEqualTo(DialogueKnowledge.bundled())
        .extracting(KnowledgeVersion::toString)
        .containsExactly("dialogue-diseases/1.0.0", "dialogue-drugs/1.0.0", "disease-graph/1.0.0");
    assertThatExceptionOfType(KnowledgeException.class)
        .isThrownBy(
            () ->
                DialogueKnowledge.load(
                    DialogueRegistry.BUNDLED, DialogueKnowledge.bundled().subList(0, 2)))
        .withMessageContaining("Cite one version each");
  }

  private static int index(String relation) {
    return GRAPH.relation(relation).orElseThrow().index();
  }

  private static List<String> tails(String head, String relation) {
    int index = index(relation);
    return GRAPH.neighbours(GRAPH.entity(head).orElseThrow().index()).stream()
        .filter(neighbour -> neighbour.relation() == index)
        .map(neighbour -> GRAPH.entities().get(neighbour.entity()))
        .map(Entity::name)
        .toList();
  }

  private static Triple triple(String head, String relation, String tail) {
    return new Triple(
        GRAPH.entity(head).orElseThrow().index(),
        index(relation),
        GRAPH.entity(tail).orElseThrow().index());
  }

  private static void refused(DialogueRegistry registry, String message) {
    assertThatExceptionOfType(KnowledgeException.class)
        .isThrownBy(registry::load)
        .withMessageContaining(message);
  }
}
