package org.medcue.model.ddn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.medcue.clinical.DiagnosisCode;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.DialogueEvidence;
import org.medcue.clinical.DiseaseRead.Basis;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.DrugLabel;
import org.medcue.clinical.DrugPrediction;
import org.medcue.clinical.Explanation;
import org.medcue.clinical.Explanation.Said;
import org.medcue.clinical.Omission;
import org.medcue.clinical.Speaker;
import org.medcue.clinical.StatedDiagnosis;
import org.medcue.clinical.StatedDiagnosis.Source;
import org.medcue.clinical.Utterance;
import org.medcue.clinical.Visit;
import org.medcue.clinical.VisitEvidence;
import org.medcue.clinical.VisitSequence;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.knowledge.DrugTree;
import org.medcue.knowledge.KnowledgeBase;

class DdnPredictorTest {

  private static final Path REGISTRY = Path.of("model-registry");
  private static final DialogueKnowledge KNOWLEDGE =
      DialogueKnowledge.load(REGISTRY, DialogueKnowledge.bundled());
  private static final DrugTree TREE =
      KnowledgeBase.load(REGISTRY, KnowledgeBase.bundled()).drugs();
  private static final Dialogue TALK =
      new Dialogue(
          List.of(
              new Utterance(Speaker.PATIENT, "反酸"), new Utterance(Speaker.DOCTOR, "多久了，晚上会不会更厉害")));

  private final StubDdn scorer = new StubDdn(KNOWLEDGE);
  private final DdnPredictor predictor = new DdnPredictor(scorer, KNOWLEDGE);

  private static DialogueEvidence evidence(Dialogue dialogue, StatedDiagnosis... diagnoses) {
    return new DialogueEvidence(
        dialogue, List.of(diagnoses), Set.of(), List.of(), Map.of(), List.of());
  }

  private static StatedDiagnosis coded(Source source, String... codes) {
    return new StatedDiagnosis(
        source, Arrays.stream(codes).map(DiagnosisCode::new).toList(), List.of());
  }

  private static StatedDiagnosis worded(String text) {
    return new StatedDiagnosis(Source.ENCOUNTER, List.of(), List.of(text));
  }

  private void assertRead(String label, Basis basis, StatedDiagnosis... diagnoses) {
    DrugPrediction prediction = predictor.predict(evidence(TALK, diagnoses));

    assertThat(prediction.disease().orElseThrow().label()).isEqualTo(label);
    assertThat(prediction.disease().orElseThrow().basis()).isEqualTo(basis);
    assertThat(KNOWLEDGE.diseases().diseases().get(scorer.lastDisease).label()).isEqualTo(label);
  }

  @Test
  void oneDiseaseStatedInSeveralWaysIsThatDisease() {
    assertRead("食管炎", Basis.ORDER, coded(Source.ORDER, "K21.0"), worded("反流性食管炎"));
    assertRead("胃炎", Basis.ENCOUNTER, worded("慢性浅表性胃炎"));
  }

  @Test
  void anotherIllnessBesideIsLeftAside() {
    assertRead("胃炎", Basis.ENCOUNTER, coded(Source.ENCOUNTER, "I10"), worded("慢性胃炎"));
  }

  @Test
  void severalOrNoneOfTheModelsDiseasesIsOther() {
    String other = KNOWLEDGE.diseases().other().label();

    assertRead(other, Basis.SEVERAL, coded(Source.ORDER, "K29.5", "K21.0"));
    assertRead(other, Basis.UNKNOWN, coded(Source.ORDER, "I10"));
    assertRead(other, Basis.NONE);
  }

  @Test
  void everyLabelIsRankedMostProbableFirst() {
    DrugPrediction prediction = predictor.predict(evidence(TALK));

    assertThat(prediction.ranked()).hasSize(70);
    assertThat(prediction.ranked().get(0).drug()).isEqualTo(new DrugLabel("奥美拉唑"));
    assertThat(prediction.ranked().get(1).drug()).isEqualTo(new DrugLabel("阿莫西林"));
  }

  @Test
  void utterancesAreExplainedHeaviestFirst() {
    Explanation explanation =
        predictor.explain(evidence(TALK), List.of(new DrugLabel("莫沙必利"))).get(0);

    assertThat(explanation.utterances()).extracting(Said::place).containsExactly(1, 0);
  }

  @Test
  void whereNothingWasSaidTheNetworkIsNotAsked() {
    assertThat(predictor.predict(evidence(Dialogue.EMPTY)).ranked()).isEmpty();
    assertThat(predictor.explain(evidence(Dialogue.EMPTY), List.of(new DrugLabel("莫沙必利"))))
        .hasSize(1);
  }

  @Test
  void productsCountAsTheLabelOfTheirIngredients() {
    DrugCode amoxicillinCapsule = new DrugCode("308182");
    DrugCode omeprazole = new DrugCode("7646");
    DrugCode lisinopril = new DrugCode("314076");

    assertThat(predictor.labelOf(amoxicillinCapsule, TREE)).isEqualTo("阿莫西林");
    assertThat(predictor.labelOf(omeprazole, TREE)).isEqualTo("奥美拉唑");
    assertThat(predictor.labelOf(lisinopril, TREE)).isEqualTo("314076");
  }

  /** A capsule of tacrolimus is no ointment. */
  @Test
  void whatIsSwallowedIsNotALabelForTheSkin() {
    assertThat(predictor.labelOf(new DrugCode("1431987"), TREE)).isEqualTo("1431987");
  }

  @Test
  void whatItCannotReadOrDoesNotKnowIsRefused() {
    Visit now = Visit.of("v", Instant.EPOCH, Map.of(), Map.of(), Set.of());
    VisitEvidence chart =
        new VisitEvidence(
            new VisitSequence(List.of(), now), Set.of(), List.of(), Map.of(), List.of());

    assertThatThrownBy(() -> predictor.predict(chart)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> predictor.explain(evidence(TALK), List.of(new DrugLabel("灵芝"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("灵芝");
  }

  @Test
  void whatIsNotInTheModelsLanguageIsNamedAndAloneGetsNoScores() {
    Utterance english = new Utterance(Speaker.PATIENT, "heartburn at night 😀");
    Omission one = new Omission(Omission.Kind.OTHER_LANGUAGE, "Communication", 1);

    DrugPrediction alone = predictor.predict(evidence(new Dialogue(List.of(english))));
    assertThat(alone.ranked()).isEmpty();
    assertThat(alone.omissions()).containsExactly(one);

    Dialogue mixed = new Dialogue(List.of(english, TALK.utterances().get(0)));
    assertThat(predictor.predict(evidence(mixed)).ranked()).hasSize(70);
    assertThat(predictor.predict(evidence(mixed)).omissions()).containsExactly(one);
  }

  @Test
  void severalAreAnsweredInTheirOrderThoseThatCannotBeReadTooWithoutScores() {
    Utterance english = new Utterance(Speaker.PATIENT, "heartburn at night");
    List<DialogueEvidence> several =
        List.of(
            evidence(Dialogue.EMPTY),
            evidence(TALK, worded("慢性胃炎")),
            evidence(new Dialogue(List.of(english))),
            evidence(TALK));

    List<DrugPrediction> answers = predictor.predictAll(several);

    assertThat(answers).isEqualTo(several.stream().map(predictor::predict).toList());
    assertThat(answers).extracting(answer -> answer.ranked().size()).containsExactly(0, 70, 0, 70);
  }

  @Test
  void whatALongDialogueLosesIsNamed() {
    Dialogue talk = new Dialogue(Collections.nCopies(45, TALK.utterances().get(0)));

    assertThat(predictor.predict(evidence(talk)).omissions())
        .containsExactly(new Omission(Omission.Kind.OUT_OF_CONTEXT, "Communication", 5));
    assertThat(predictor.predict(evidence(TALK)).omissions()).isEmpty();
  }
}
