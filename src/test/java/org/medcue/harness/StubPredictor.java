package org.medcue.harness;

import java.util.ArrayList;
import java.util.List;
import org.medcue.clinical.Drug;
import org.medcue.clinical.DrugCode;
import org.medcue.clinical.DrugPrediction;
import org.medcue.clinical.Explanation;
import org.medcue.clinical.Explanation.Weight;
import org.medcue.clinical.PatientEvidence;
import org.medcue.clinical.ScoredDrug;
import org.medcue.clinical.VisitEvidence;
import org.medcue.clinical.VisitSequence;
import org.medcue.model.DrugPredictor;

/** Gives the same scores to everybody and finds the latest visits the weightiest. */
public final class StubPredictor implements DrugPredictor {

  public static final DrugCode LISINOPRIL = new DrugCode("314076");
  public static final DrugCode PENICILLIN_V = new DrugCode("834061");
  public static final DrugCode METFORMIN = new DrugCode("860975");
  public static final DrugCode AMOXICILLIN = new DrugCode("308182");
  public static final DrugCode SIMVASTATIN = new DrugCode("312961");
  public static final DrugCode AMLODIPINE = new DrugCode("308136");
  public static final DrugCode ACETAMINOPHEN = new DrugCode("313782");
  public static final DrugCode LOSARTAN = new DrugCode("979485");
  public static final DrugCode TRAMADOL = new DrugCode("835603");
  public static final DrugCode ASPIRIN = new DrugCode("243670");

  private static final List<ScoredDrug> RANKED =
      List.of(
          new ScoredDrug(LISINOPRIL, 0.9),
          new ScoredDrug(PENICILLIN_V, 0.8),
          new ScoredDrug(METFORMIN, 0.7),
          new ScoredDrug(AMOXICILLIN, 0.6),
          new ScoredDrug(SIMVASTATIN, 0.5),
          new ScoredDrug(AMLODIPINE, 0.4),
          new ScoredDrug(ACETAMINOPHEN, 0.3),
          new ScoredDrug(LOSARTAN, 0.25),
          new ScoredDrug(TRAMADOL, 0.21),
          new ScoredDrug(ASPIRIN, 0.05));

  private final List<ScoredDrug> ranked;

  public StubPredictor() {
    this(0);
  }

  /**
   * @param more than the others' scores are
   */
  public StubPredictor(double more) {
    this.ranked =
        RANKED.stream()
            .map(scored -> new ScoredDrug(scored.drug(), scored.probability() + more))
            .toList();
  }

  @Override
  public DrugPrediction predict(PatientEvidence evidence) {
    return new DrugPrediction(ranked, List.of());
  }

  @Override
  public List<Explanation> explain(PatientEvidence evidence, List<? extends Drug> drugs) {
    VisitSequence visits = ((VisitEvidence) evidence).visits();
    List<Weight> earlier = new ArrayList<>();
    for (int i = visits.history().size() - 1; i >= 0; i--) {
      earlier.add(new Weight(visits.history().get(i).id(), i + 1 - visits.history().size() / 2.0));
    }
    List<Weight> codes = new ArrayList<>();
    visits.present().encounterDiagnoses().forEach(c -> codes.add(new Weight(c.value(), 0.5)));
    visits.present().activeProblems().forEach(c -> codes.add(new Weight(c.value(), 0.2)));
    return drugs.stream().map(drug -> new Explanation(drug, earlier, codes)).toList();
  }

  @Override
  public void close() {}
}
