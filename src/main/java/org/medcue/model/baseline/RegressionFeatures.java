package org.medcue.model.baseline;

import org.medcue.clinical.CodeRole;
import org.medcue.model.visits.EncodedVisit;
import org.medcue.model.visits.TokenSet;
import org.medcue.model.visits.VisitBatch;
import org.medcue.model.visits.Vocabulary;

/**
 * The features of logistic regression, in blocks of one column a node of the vocabulary: drugs of
 * the last earlier visit with drugs; share of the earlier visits with drugs that had each drug;
 * present diagnoses and symptoms, a block for each role; share of earlier visits that had each
 * diagnosis or symptom in any role; and, if wanted, drugs of the last earlier visit with drugs
 * whose stated reason was the present one.
 */
final class RegressionFeatures {

  private static final int ROLES = CodeRole.values().length;

  private final Vocabulary vocabulary;
  private final boolean sameReason;
  private final int drugs;
  private final int codes;

  RegressionFeatures(Vocabulary vocabulary, boolean sameReason) {
    this.vocabulary = vocabulary;
    this.sameReason = sameReason;
    this.drugs = vocabulary.drugs().size();
    this.codes = vocabulary.diagnoses().size() + vocabulary.symptoms().size();
  }

  /** F, the number of features. */
  int count() {
    return sameReasonStart() + (sameReason ? drugs : 0);
  }

  private int presentStart() {
    return 2 * drugs;
  }

  private int pastStart() {
    return presentStart() + ROLES * codes;
  }

  private int sameReasonStart() {
    return pastStart() + codes;
  }

  /** (B, F). */
  float[] of(VisitBatch batch) {
    float[] features = new float[batch.targetCount() * count()];
    float[] last = batch.lastDrugVisit(); // (B, N)
    float[] lastOfSameReason = batch.lastDrugVisitOfSameReason();
    var present = batch.presentSets();
    for (int b = 0; b < batch.targetCount(); b++) {
      int row = b * count();
      int[] history = batch.history(b);
      for (int visit : history) {
        int cell = b * batch.visitCount() + visit;
        addDrugs(batch.visit(visit), features, row, last[cell]);
        if (sameReason) {
          addDrugs(batch.visit(visit), features, row + sameReasonStart(), lastOfSameReason[cell]);
        }
      }
      addShares(batch, history, features, row);
      for (TokenSet set : present.get(b)) {
        addPresent(set, features, row + presentStart());
      }
    }
    return features;
  }

  private void addShares(VisitBatch batch, int[] history, float[] features, int row) {
    int withDrugs = 0;
    for (int visit : history) {
      withDrugs += batch.visit(visit).hasDrugs() ? 1 : 0;
    }
    for (int index : history) {
      EncodedVisit visit = batch.visit(index);
      addDrugs(visit, features, row + drugs, 1f / Math.max(1, withDrugs));
      addPast(visit.diagnoses(), features, row + pastStart(), 1f / history.length);
      addPast(visit.symptoms(), features, row + pastStart(), 1f / history.length);
    }
  }

  /** The first token of a set is [CLS]. */
  private void addDrugs(EncodedVisit visit, float[] features, int start, float amount) {
    for (int i = 1; amount > 0 && i < visit.drugs().length(); i++) {
      features[start + visit.drugs().token(i) - vocabulary.drugOffset()] += amount;
    }
  }

  private void addPast(TokenSet set, float[] features, int start, float amount) {
    for (int i = 1; i < set.length(); i++) {
      features[start + code(set.token(i))] += amount;
    }
  }

  private void addPresent(TokenSet set, float[] features, int start) {
    for (int i = 1; i < set.length(); i++) {
      features[start + (set.role(i) - 1) * codes + code(set.token(i))] = 1; // role 0 is [CLS]'s
    }
  }

  /** Symptoms come after diagnoses. */
  private int code(int token) {
    return token < vocabulary.symptomOffset()
        ? token - vocabulary.diagnosisOffset()
        : vocabulary.diagnoses().size() + token - vocabulary.symptomOffset();
  }
}
