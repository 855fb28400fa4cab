package org.medcue.model.ddn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.medcue.clinical.Dialogue;
import org.medcue.clinical.DialogueEvidence;
import org.medcue.clinical.Drug;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.DrugLabel;
import org.medcue.clinical.DrugPrediction;
import org.medcue.clinical.Explanation;
import org.medcue.clinical.Explanation.Said;
import org.medcue.clinical.Omission;
import org.medcue.clinical.Omission.Kind;
import org.medcue.clinical.PatientEvidence;
import org.medcue.clinical.ScoredDrug;
import org.medcue.knowledge.DialogueDrug;
import org.medcue.knowledge.DialogueKnowledge;
import org.medcue.knowledge.DrugTree;
import org.medcue.model.DrugPredictor;
import org.medcue.model.ModelException;
import org.medcue.model.ModelFolder;
import org.medcue.model.nn.DeviceChoice;

/** Predicts drugs from a dialogue for a service. Thread-safe; closing frees the network. */
public final class DdnPredictor implements DrugPredictor {

  private static final String COMMUNICATION = "Communication";

  /** The group of ATC for drugs that are put on the skin. */
  private static final String SKIN = "D";

  private final DialogueModel scorer;
  private final DialogueKnowledge knowledge;
  private final List<DrugLabel> labels;
  private final DrugTree tree;
  private final Map<Set<String>, String> labelByIngredients = new HashMap<>();

  /**
   * @param scorer scores the knowledge's drugs, in its order
   * @param tree tells of which label a product is
   */
  DdnPredictor(DialogueModel scorer, DialogueKnowledge knowledge, DrugTree tree) {
    this.scorer = scorer;
    this.knowledge = knowledge;
    this.tree = tree;
    List<DialogueDrug> drugs = knowledge.drugs().drugs();
    this.labels = drugs.stream().map(drug -> new DrugLabel(drug.label())).toList();
    drugs.forEach(this::indexPreparations);
  }

  /**
   * A preparation that two labels share says nothing about the label. Nor do the ingredients of a
   * label for the skin: a product that has them may be swallowed.
   */
  private void indexPreparations(DialogueDrug drug) {
    if (!drug.atc().isEmpty() && drug.atc().stream().allMatch(code -> code.startsWith(SKIN))) {
      return;
    }
    for (Set<DrugCode> preparation : drug.preparations()) {
      Set<String> ingredients = new TreeSet<>();
      preparation.forEach(code -> ingredients.add(code.value()));
      labelByIngredients.merge(ingredients, drug.label(), (a, b) -> a.equals(b) ? a : "");
    }
  }

  /**
   * Loads a verified version.
   *
   * @throws ModelException if its files do not fit each other
   */
  public static DdnPredictor load(ModelFolder folder, DialogueKnowledge knowledge, DrugTree tree) {
    return new DdnPredictor(Ddn.load(folder, knowledge, DeviceChoice.CPU), knowledge, tree);
  }

  /** No scores for a dialogue in which nothing was said, or nothing in the model's language. */
  @Override
  public DrugPrediction predict(PatientEvidence evidence) {
    DialogueEvidence talk = dialogueOf(evidence);
    DiseaseChoice choice = DiseaseChoice.of(talk.diagnoses(), knowledge.diseases());
    if (talk.nothingKnown()) {
      return new DrugPrediction(List.of(), List.of(), Optional.of(choice.read()));
    }
    List<Omission> omissions = omissions(talk.dialogue());
    if (talk.dialogue().utterances().stream().noneMatch(scorer::reads)) {
      return new DrugPrediction(List.of(), omissions, Optional.of(choice.read()));
    }
    float[] probabilities = scorer.probabilities(talk.dialogue(), choice.disease().index());
    List<ScoredDrug> ranked = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      ranked.add(new ScoredDrug(labels.get(i), probabilities[i]));
    }
    ranked.sort(Comparator.comparingDouble(ScoredDrug::probability).reversed());
    return new DrugPrediction(ranked, omissions, Optional.of(choice.read()));
  }

  private List<Omission> omissions(Dialogue dialogue) {
    int foreign = (int) dialogue.utterances().stream().filter(said -> !scorer.reads(said)).count();
    return Stream.of(
            new Omission(Kind.OTHER_LANGUAGE, COMMUNICATION, foreign),
            new Omission(Kind.OUT_OF_CONTEXT, COMMUNICATION, scorer.outOfContext(dialogue)),
            new Omission(Kind.NOT_WEIGHED, COMMUNICATION, scorer.unweighed(dialogue)))
        .filter(omission -> omission.count() > 0)
        .toList();
  }

  @Override
  public List<Explanation> explain(PatientEvidence evidence, List<? extends Drug> drugs) {
    DialogueEvidence talk = dialogueOf(evidence);
    List<Integer> columns = drugs.stream().map(this::indexOf).toList();
    if (talk.nothingKnown() || columns.isEmpty()) {
      return drugs.stream().map(Explanation::none).toList();
    }
    DiseaseChoice choice = DiseaseChoice.of(talk.diagnoses(), knowledge.diseases());
    float[][] weights = scorer.utteranceWeights(talk.dialogue(), choice.disease().index());
    List<Explanation> explanations = new ArrayList<>();
    for (int i = 0; i < drugs.size(); i++) {
      explanations.add(Explanation.ofDialogue(drugs.get(i), heaviest(weights, columns.get(i))));
    }
    return explanations;
  }

  private static List<Said> heaviest(float[][] weights, int column) {
    List<Said> said = new ArrayList<>();
    for (int place = 0; place < weights.length; place++) {
      said.add(new Said(place, weights[place][column]));
    }
    said.sort(Comparator.comparingDouble(one -> -Math.abs(one.weight())));
    return said;
  }

  private static DialogueEvidence dialogueOf(PatientEvidence evidence) {
    if (evidence instanceof DialogueEvidence talk) {
      return talk;
    }
    throw new IllegalArgumentException("DDN reads a dialogue, not visits");
  }

  private int indexOf(Drug drug) {
    return knowledge
        .drugs()
        .ofLabel(drug.value())
        .map(DialogueDrug::index)
        .orElseThrow(() -> new IllegalArgumentException("the drug is not in the label space"));
  }

  @Override
  public Optional<String> widerLevel() {
    return Optional.of("drug label");
  }

  /** Of a product the label that has exactly its ingredients. */
  @Override
  public String labelOf(Drug drug) {
    if (!(drug instanceof DrugCode product)) {
      return drug.value();
    }
    Set<String> known = tree.ingredients(product);
    Set<String> ingredients = known.isEmpty() ? Set.of(product.value()) : new TreeSet<>(known);
    String label = labelByIngredients.getOrDefault(ingredients, "");
    return label.isEmpty() ? product.value() : label;
  }

  @Override
  public void close() {
    scorer.close();
  }
}
