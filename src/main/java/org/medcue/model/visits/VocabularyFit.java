package org.medcue.model.visits;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.medcue.clinical.DiagnosisCode;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.Symptom;
import org.medcue.knowledge.CodeTree;
import org.medcue.knowledge.DrugTree;
import org.medcue.knowledge.KnowledgeBase;
import org.medcue.model.ModelException;

/**
 * Whether a version's vocabulary is one of the knowledge that it is served with. A code that the
 * knowledge lacks may stand alone, as it did in training, but not under ancestors.
 */
public final class VocabularyFit {

  private final KnowledgeBase knowledge;
  private final boolean ancestors;
  private final Path file;

  private VocabularyFit(KnowledgeBase knowledge, boolean ancestors, Path file) {
    this.knowledge = knowledge;
    this.ancestors = ancestors;
    this.file = file;
  }

  /**
   * Compares the place of each code in the vocabulary with that in the knowledge, and each label
   * with the drugs.
   *
   * @param file of the vocabulary, for the refusal
   * @throws ModelException naming the first code that does not fit
   */
  public static void require(Vocabulary vocabulary, KnowledgeBase knowledge, Path file) {
    VocabularyFit fit = new VocabularyFit(knowledge, vocabulary.readsAncestors(), file);
    fit.requireCodes("diagnosis", vocabulary.diagnoses(), knowledge.icd(), DiagnosisCode::new);
    fit.requireCodes("drug", vocabulary.drugs(), knowledge.drugs(), DrugCode::new);
    fit.requireCodes("symptom", vocabulary.symptoms(), knowledge.symptoms(), Symptom::new);
    fit.requireLabels(vocabulary);
  }

  private void requireCodes(
      String field, CodeVocabulary codes, CodeTree tree, Consumer<String> form) {
    if (new HashSet<>(codes.nodes()).size() < codes.size()) {
      throw refusal("holds a " + field + " code twice");
    }
    int[][] paths = codes.paths();
    for (String code : codes.leaves()) {
      requireForm(field, code, form);
      List<String> own =
          Arrays.stream(paths[codes.indexOf(code).orElseThrow()])
              .mapToObj(codes.nodes()::get)
              .toList();
      List<String> known = ancestors ? tree.path(code) : List.of();
      if (!own.equals(known.isEmpty() ? List.of(code) : known)) {
        throw refusal(
            "has the "
                + field
                + " code "
                + code
                + " in another place than "
                + tree.version().name()
                + " "
                + tree.version().version()
                + (known.isEmpty() ? ", which does not know it" : ""));
      }
    }
  }

  private void requireForm(String field, String code, Consumer<String> form) {
    try {
      form.accept(code);
    } catch (IllegalArgumentException e) {
      throw refusal("holds " + code + ", which is no " + field + " code");
    }
  }

  private void requireLabels(Vocabulary vocabulary) {
    DrugTree drugs = knowledge.drugs();
    Set<String> possible = new HashSet<>();
    for (String drug : vocabulary.drugs().nodes()) {
      vocabulary.labelSpace().labelOf(drug, drugs).ifPresent(possible::add);
    }
    Set<String> seen = new HashSet<>();
    for (String label : vocabulary.labels()) {
      if (!possible.contains(label)) {
        throw refusal("predicts " + label + ", which is the label of none of its drugs");
      }
      if (!seen.add(label)) {
        throw refusal("predicts " + label + " twice");
      }
    }
  }

  private ModelException refusal(String what) {
    return new ModelException(
        file + " " + what + ": it is not the vocabulary that the version was trained with");
  }
}
