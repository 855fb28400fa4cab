package org.medcue.serving;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.medcue.clinical.Drug;
import org.medcue.clinical.DrugPrediction;
import org.medcue.clinical.Explanation;
import org.medcue.clinical.PatientEvidence;
import org.medcue.knowledge.DrugTree;
import org.medcue.knowledge.KnowledgeVersion;
import org.medcue.model.DrugPredictor;
import org.medcue.model.profile.TrainingProfile;

/** A loaded, verified and warm model version that answers for a service. Thread-safe. */
public final class ServedModel implements AutoCloseable {

  private final String name;
  private final String version;
  private final List<KnowledgeVersion> knowledge;
  private final Map<Drug, String> usualDosages;
  private final DrugPredictor predictor;
  private final Optional<TrainingProfile> profile;

  /**
   * @param name model name, such as {@code mrkpa}
   * @param version model version, such as {@code 1.0.0}
   * @param knowledge the knowledge that the model was built on
   * @param usualDosages {@code dosageInstruction} arrays as FHIR JSON
   * @param predictor the loaded network
   * @param profile what the version saw in training; empty where it does not tell
   */
  public ServedModel(
      String name,
      String version,
      List<KnowledgeVersion> knowledge,
      Map<? extends Drug, String> usualDosages,
      DrugPredictor predictor,
      Optional<TrainingProfile> profile) {
    this.name = name;
    this.version = version;
    this.knowledge = List.copyOf(knowledge);
    this.usualDosages = Map.copyOf(usualDosages);
    this.predictor = predictor;
    this.profile = profile;
  }

  /** A version that does not tell what it saw in training. */
  public ServedModel(
      String name,
      String version,
      List<KnowledgeVersion> knowledge,
      Map<? extends Drug, String> usualDosages,
      DrugPredictor predictor) {
    this(name, version, knowledge, usualDosages, predictor, Optional.empty());
  }

  public String name() {
    return name;
  }

  public String version() {
    return version;
  }

  /** Knowledge versions that the model was built on. */
  public List<KnowledgeVersion> knowledge() {
    return knowledge;
  }

  /** What the version saw in training; what it is asked in use is compared with it. */
  public Optional<TrainingProfile> profile() {
    return profile;
  }

  /** The dosage ordered most often for a drug in the training cohort, as FHIR JSON. */
  public Optional<String> usualDosage(Drug drug) {
    return Optional.ofNullable(usualDosages.get(drug));
  }

  /**
   * What the model predicts, for people, where a product on a card stands for something wider:
   * "ingredient". Empty where it predicts products.
   */
  public Optional<String> widerLevel() {
    return predictor.widerLevel();
  }

  /**
   * The label that a drug counts as; its own value where it has none.
   *
   * @param tree tells what a product contains, where the model's own knowledge does not
   */
  String labelOf(Drug drug, DrugTree tree) {
    return predictor.labelOf(drug, tree);
  }

  /** Scores every label, each given as what can be ordered. */
  public DrugPrediction predict(PatientEvidence evidence) {
    return predictor.predict(evidence);
  }

  /** Says what weighed most for some drugs. */
  public List<Explanation> explain(PatientEvidence evidence, List<Drug> drugs) {
    return predictor.explain(evidence, drugs);
  }

  @Override
  public void close() {
    predictor.close();
  }
}
