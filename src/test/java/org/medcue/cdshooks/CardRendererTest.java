package org.medcue.cdshooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medcue.clinical.CodeRole;
import org.medcue.clinical.DiagnosisCode;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Explanation;
import org.medcue.clinical.Explanation.Weight;
import org.medcue.clinical.Omission;
import org.medcue.clinical.Visit;
import org.medcue.clinical.VisitEvidence;
import org.medcue.clinical.VisitSequence;
import org.medcue.fhir.DraftOrder;
import org.medcue.recommendation.HookCall;
import org.medcue.recommendation.Language;
import org.medcue.recommendation.OfferedDrug;
import org.medcue.recommendation.Recommendation;
import org.medcue.recommendation.RecommendationRequest;
import org.medcue.recommendation.WithheldDrug;
import org.medcue.recommendation.WithheldDrug.Cause;

class CardRendererTest {

  private static final DrugCode DRUG = new DrugCode("314076");
  private static final DrugCode OTHER = new DrugCode("313782");

  private final List<OfferedDrug> offered = new ArrayList<>();
  private final List<WithheldDrug> withheld = new ArrayList<>();
  private final List<Omission> omissions = new ArrayList<>();
  private Optional<String> widerLevel = Optional.empty();

  private List<Card> render(DraftOrder... drafts) {
    Visit earlier =
        Visit.of(
            "e-1",
            Instant.parse("2024-03-01T10:00:00Z"),
            Map.of(new DiagnosisCode("I10"), CodeRole.RECORDED),
            Map.of(),
            Set.of(DRUG));
    Visit other =
        Visit.of("e-2", Instant.parse("2025-03-01T10:00:00Z"), Map.of(), Map.of(), Set.of());
    Visit present =
        Visit.of("e-3", Instant.parse("2026-03-01T10:00:00Z"), Map.of(), Map.of(), Set.of());
    VisitEvidence evidence =
        new VisitEvidence(
            new VisitSequence(List.of(earlier, other), present),
            Set.of(),
            List.of(),
            Map.of("I10", "Essential *hypertension* (disorder)", "E11.9", "Type 2 diabetes"),
            List.of());
    RecommendationRequest request =
        new RecommendationRequest(
            "medication-suggestions-visits",
            new HookCall("local", new UUID(0, 1), "Practitioner/1", "p-1", Optional.of("e-3")),
            evidence,
            Set.of(),
            false,
            Set.of(),
            Language.EN);
    Recommendation recommendation =
        new Recommendation(
            new UUID(0, 2),
            request,
            "mrkpa",
            "1.0.0",
            widerLevel,
            List.of("drugs/1.0.0"),
            offered,
            withheld,
            List.of("allergies (none charted)"),
            List.of("interactions"),
            Optional.empty(),
            omissions,
            List.of(),
            Duration.ZERO,
            Optional.empty());
    return new CardRenderer().render(recommendation, List.of(drafts));
  }

  private static OfferedDrug drug(DrugCode code, String name, double probability, boolean renewal) {
    Explanation explanation =
        new Explanation(
            code,
            List.of(new Weight("e-1", 2.0), new Weight("e-2", -1.0)),
            List.of(new Weight("E11.9", 0.5), new Weight("I10", 0.0)));
    return new OfferedDrug(
        code,
        name,
        List.of(),
        probability,
        renewal,
        Optional.empty(),
        false,
        Optional.empty(),
        explanation,
        List.of());
  }

  private static OfferedDrug dosed() {
    return dosed("[{\"text\":\"Take once daily.\"}]");
  }

  private static OfferedDrug dosed(String dosage) {
    return new OfferedDrug(
        DRUG,
        "lisinopril",
        List.of(),
        0.5,
        false,
        Optional.empty(),
        true,
        Optional.of(dosage),
        new Explanation(DRUG, List.of(), List.of()),
        List.of());
  }

  private static WithheldDrug withheld(Cause cause) {
    return new WithheldDrug(OTHER, "acetaminophen", 0.5, cause, List.of("because"));
  }

  private static DraftOrder draft(String id, boolean selected, boolean hasMedication) {
    ObjectNode resource = new ObjectMapper().createObjectNode();
    resource.put("resourceType", "MedicationRequest").put("id", id).put("status", "draft");
    return new DraftOrder(
        "MedicationRequest/" + id, selected, Optional.empty(), hasMedication, resource);
  }

  @Test
  void nothingToSayIsNoCard() {
    assertThat(render()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"PREFETCH_ABSENT", "PREFETCH_FAILED", "PREFETCH_TRUNCATED"})
  void nothingToSuggestFromAnIncompleteChartIsACardThatSaysSo(Omission.Kind kind) {
    omissions.add(new Omission(kind, "conditions", 1));

    Card card = render().get(0);

    assertThat(card.summary()).startsWith("No suggestion:").contains("conditions");
    assertThat(card.detail()).contains("**Missing**").doesNotContain("**Checked**");
    assertThat(card.suggestions()).isEmpty();
    assertThat(card.selectionBehavior()).isEmpty();
    assertThat(card.extension()).containsKey("org.medcue.omissions");
  }

  @Test
  void resourceLeftOutIsNoReasonForACard() {
    omissions.add(new Omission(Omission.Kind.NO_DATE, "Condition", 1));

    assertThat(render()).isEmpty();
  }

  @Test
  void onlyWhatSpokeForTheDrugIsNamed() {
    offered.add(drug(DRUG, "lisinopril", 0.5, false));

    assertThat(render().get(0).detail())
        .contains("in this visit Type 2 diabetes · earlier visits 2024-03-01")
        .contains("(this drug was ordered, Essential \\*hypertension\\*)")
        .doesNotContain("2025-03-01");
  }

  @Test
  void summaryOfALongNameStaysBelow140Characters() {
    offered.add(drug(DRUG, "x".repeat(300), 0.954, false));
    offered.add(drug(OTHER, "y", 0.3, false));

    assertThat(render().get(0).summary())
        .hasSizeLessThan(140)
        .startsWith("Options for this order: xxx")
        .endsWith("… (95 %) and 1 more");
  }

  @Test
  void newDrugsAndRenewalsStandOnTwoCardsRankedApart() {
    offered.add(drug(DRUG, "lisinopril", 0.9, true));
    offered.add(drug(OTHER, "acetaminophen", 0.4, false));

    List<Card> cards = render();

    assertThat(cards)
        .extracting(card -> card.suggestions().get(0).label())
        .containsExactly("Order acetaminophen", "Renew lisinopril");
    assertThat(cards.get(0).detail()).contains("| 1 | acetaminophen | 40 % | new |");
    assertThat(cards.get(1).detail()).contains("| 1 | lisinopril | 90 % | renewal |");
  }

  @Test
  void drugOfAnEarlierVisitThatIsNotTakenNowIsNoNewDrug() {
    offered.add(dosed());

    Card card = render().get(0);

    assertThat(card.summary()).startsWith("Options for this order");
    assertThat(card.detail()).contains("| 1 | lisinopril | 50 % | ordered before |");
  }

  @Test
  void dosageOutOfTheTrainingDataIsOwnedUpTo() {
    offered.add(dosed());
    offered.add(drug(OTHER, "acetaminophen", 0.4, false));

    assertThat(render(draft("a", true, false)).get(0).detail())
        .contains(
            "**Dosage filled in**\n\n- lisinopril: the dosage most usual in the training data")
        .doesNotContain("- acetaminophen: the dosage");
  }

  @Test
  void dosageThatIsNoFhirCostsNoAnswerAndIsNotSaidToBeFilledIn() {
    offered.add(dosed("[{\"bogus\": 1}]"));

    Card card = render(draft("a", true, false)).get(0);

    assertThat(card.detail()).doesNotContain("Dosage filled in");
    assertThat(card.suggestions().get(0).actions().get(0).resource().has("dosageInstruction"))
        .isFalse();
  }

  @Test
  void dosageThatTheDoctorWroteIsNotSaidToBeFilledIn() {
    offered.add(dosed());
    DraftOrder draft = draft("a", true, false);
    ((ObjectNode) draft.resource()).putArray("dosageInstruction").addObject().put("text", "mine");

    assertThat(render(draft).get(0).detail()).doesNotContain("Dosage filled in");
  }

  @Test
  void allergyAloneIsWorthACard() {
    withheld.add(withheld(Cause.ALLERGY));

    List<Card> cards = render();

    assertThat(cards).hasSize(1);
    assertThat(cards.get(0).suggestions()).isEmpty();
    assertThat(cards.get(0).selectionBehavior()).isEmpty();
    assertThat(cards.get(0).detail()).contains("**acetaminophen** (50 %): because");
  }

  @Test
  void draftedOrRejectedDrugAloneIsNot() {
    withheld.add(withheld(Cause.DRAFTED));
    withheld.add(withheld(Cause.REJECTED));

    assertThat(render()).isEmpty();
  }

  @Test
  void onlyTheSelectedDraftWithoutDrugIsFilled() {
    offered.add(drug(DRUG, "lisinopril", 0.5, false));

    Action action =
        render(draft("a", false, false), draft("b", true, true), draft("c", true, false))
            .get(0)
            .suggestions()
            .get(0)
            .actions()
            .get(0);

    assertThat(action.type()).isEqualTo("update");
    assertThat(action.resource().path("id").asText()).isEqualTo("c");
  }

  @Test
  void everyKindOfOmissionHasItsWords() {
    offered.add(drug(DRUG, "lisinopril", 0.5, false));
    for (Omission.Kind kind : Omission.Kind.values()) {
      omissions.add(new Omission(kind, "conditions", 3));
    }

    String missing = render().get(0).detail().split("\\*\\*Missing\\*\\*")[1];

    assertThat(missing.lines().filter(line -> line.startsWith("- ")))
        .hasSize(Omission.Kind.values().length)
        .doesNotHaveDuplicates()
        .noneMatch(line -> line.contains("_"));
  }

  @Test
  void modelOfIngredientsSaysWhereItsProductsComeFrom() {
    offered.add(drug(DRUG, "lisinopril", 0.5, false));
    String words =
        "It predicts the ingredient; the product named is the one most often ordered in its"
            + " training cohort.";

    assertThat(render().get(0).detail()).doesNotContain("most often ordered");
    widerLevel = Optional.of("ingredient");
    assertThat(render().get(0).detail()).contains(words);
  }

  @Test
  void anotherProductThanThePatientTakesIsNoRenewalByName() {
    offered.add(
        new OfferedDrug(
            DRUG,
            "lisinopril",
            List.of(),
            0.5,
            true,
            Optional.of("enalapril"),
            false,
            Optional.empty(),
            new Explanation(DRUG, List.of(), List.of()),
            List.of()));

    Card card = render().get(0);

    assertThat(card.summary()).startsWith("Renewals to consider");
    assertThat(card.suggestions().get(0).label())
        .isEqualTo("Order lisinopril (the patient takes enalapril)");
    assertThat(card.detail()).contains("| 1 | lisinopril | 50 % | renewal of enalapril |");
  }

  @Test
  void modelKnowledgeAndOmissionsAreInTheExtension() {
    offered.add(drug(DRUG, "lisinopril", 0.5, false));

    assertThat(render().get(0).extension())
        .containsKeys("org.medcue.model", "org.medcue.knowledge", "org.medcue.recommendation")
        .doesNotContainKey("org.medcue.omissions");
  }
}
