package org.medcue.model.ddn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
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

  /** What the network is asked, unless the dialogue holds nothing that it reads. */
  private record Question(
      DdnModel.Asked asked, DiseaseChoice choice, List<Omission> omissions, boolean readable) {}

  private final DialogueModel scorer;
  private final DialogueKnowledge knowledge;
  private final List<DrugLabel> labels;
  private final Map<Set<String>, String> labelByIngredients = new HashMap<>();

  /**
   * @param scorer scores the knowledge's drugs, in its order
   */
  DdnPredictor(DialogueModel scorer, DialogueKnowledge knowledge) {
    this.scorer = scorer;
    this.knowledge = knowledge;
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
   * @throws ModelException if its files do not fit each other or the knowledge, or the device is
   *     not there
   */
  public static DdnPredictor load(
      ModelFolder folder, DialogueKnowledge knowledge, DeviceChoice device) {
    return new DdnPredictor(Ddn.load(folder, knowledge, device), knowledge);
  }

  /** Loads a verified version onto the CPU. */
  public static DdnPredictor load(ModelFolder folder, DialogueKnowledge knowledge) {
    return load(folder, knowledge, DeviceChoice.CPU);
  }

  /** No scores for a dialogue in which nothing was said, or nothing in the model's language. */
  @Override
  public DrugPrediction predict(PatientEvidence evidence) {
    return predictAll(List.of(evidence)).get(0);
  }

  @Override
  public List<DrugPrediction> predictAll(List<? extends PatientEvidence> patients) {
    List<Question> questions = patients.stream().map(this::question).toList();
    Iterator<float[]> answers =
        scorer
            .probabilitiesOfAll(
                questions.stream().filter(Question::readable).map(Question::asked).toList())
            .iterator();
    List<DrugPrediction> predictions = new ArrayList<>();
    for (Question question : questions) {
      List<ScoredDrug> ranked = question.readable ? ranked(answers.next()) : List.of();
      predictions.add(
          new DrugPrediction(ranked, question.omissions, Optional.of(question.choice.read())));
    }
    return predictions;
  }

  private Question question(PatientEvidence evidence) {
    DialogueEvidence talk = dialogueOf(evidence);
    DiseaseChoice choice = DiseaseChoice.of(talk.diagnoses(), knowledge.diseases());
    boolean readable = talk.dialogue().utterances().stream().anyMatch(scorer::reads);
    return new Question(
        new DdnModel.Asked(talk.dialogue(), choice.disease().index()),
        choice,
        talk.nothingKnown() ? List.of() : omissions(talk.dialogue()),
        readable);
  }

  private List<ScoredDrug> ranked(float[] probabilities) {
    List<ScoredDrug> ranked = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      ranked.add(new ScoredDrug(labels.get(i), probabilities[i]));
    }
    ranked.sort(Comparator.comparingDouble(ScoredDrug::probability).reversed());
    return ranked;
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
  public String labelOf(Drug drug, DrugTree tree) {
    if (!(drug instanceof DrugCode product)) {
      return drug.value();
    }
    Set<String> known = tree.ingredients(product);
    Set<String> key = known.isEmpty() ? Set.of(product.value()) : new TreeSet<>(known);
    String label = labelByIngredients.getOrDefault(key, "");
    return label.isEmpty() ? product.value() : label;
  }

  @Override
  public long nativeBytes() {
    return scorer.nativeBytes();
  }

  @Override
  public void close() {
    scorer.close();
  }
}
