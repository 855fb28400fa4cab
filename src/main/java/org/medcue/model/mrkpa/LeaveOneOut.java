package org.medcue.model.mrkpa;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.medcue.clinical.CodeRole;
import org.medcue.clinical.DiagnosisCode;
import org.medcue.clinical.Drug;
import org.medcue.clinical.Explanation;
import org.medcue.clinical.Explanation.Weight;
import org.medcue.clinical.Symptom;
import org.medcue.clinical.Visit;
import org.medcue.clinical.VisitSequence;
import org.medcue.model.visits.CodeCoverage;
import org.medcue.model.visits.EncodedVisit;
import org.medcue.model.visits.VisitBatch;
import org.medcue.model.visits.VisitEncoding;

/**
 * One batch whose first target has everything, and each further one lacks one earlier visit or one
 * code of the present visit. A part's weight is what the logit loses without it.
 *
 * @param batch the batch to score
 * @param visitIds identifiers of the visits left out, in order of target
 * @param codes codes left out, in order of target after the visits
 */
record LeaveOneOut(VisitBatch batch, List<String> visitIds, List<String> codes) {

  /**
   * Older visits are not explained one by one: each weighs a few thousandths of an average, and the
   * tables of targets by visits grow with the square of their number.
   */
  static final int MOST_VISITS = 500;

  static LeaveOneOut of(VisitSequence visits, VisitEncoding encoding, int labelCount) {
    CodeCoverage uncounted = new CodeCoverage();
    VisitBatch batch = new VisitBatch(labelCount);
    for (Visit visit : visits.history()) {
      batch.addVisit(encoding.encode(visit, uncounted));
    }
    EncodedVisit present = encoding.encode(visits.present(), uncounted);
    int[] all = IntStream.range(0, visits.history().size()).toArray();
    batch.addTarget(present, all, new int[0]);

    List<String> visitIds = new ArrayList<>();
    for (int left = Math.max(0, all.length - MOST_VISITS); left < all.length; left++) {
      int without = left;
      int[] others = IntStream.of(all).filter(i -> i != without).toArray();
      batch.addTarget(present, others, new int[0]);
      visitIds.add(visits.history().get(left).id());
    }
    List<String> codes = codes(visits.present());
    for (String code : codes) {
      Visit reduced = without(visits.present(), code);
      batch.addTarget(encoding.encode(reduced, uncounted), all, new int[0]);
    }
    return new LeaveOneOut(batch, visitIds, codes);
  }

  private static List<String> codes(Visit visit) {
    List<String> codes = new ArrayList<>();
    visit.diagnoses().keySet().forEach(code -> codes.add(code.value()));
    visit.symptoms().keySet().forEach(symptom -> codes.add(symptom.code()));
    return codes;
  }

  private static Visit without(Visit visit, String code) {
    SortedMap<DiagnosisCode, CodeRole> diagnoses = new TreeMap<>(visit.diagnoses());
    SortedMap<Symptom, CodeRole> symptoms = new TreeMap<>(visit.symptoms());
    diagnoses.keySet().removeIf(diagnosis -> diagnosis.value().equals(code));
    symptoms.keySet().removeIf(symptom -> symptom.code().equals(code));
    return Visit.of(visit.id(), visit.start(), diagnoses, symptoms, Set.of());
  }

  /** The weights for one drug, from the logits (targets, labels). */
  Explanation explain(Drug drug, float[][] logits, int label) {
    float whole = logits[0][label];
    List<Weight> visitWeights = new ArrayList<>();
    for (int i = 0; i < visitIds.size(); i++) {
      visitWeights.add(new Weight(visitIds.get(i), whole - logits[1 + i][label]));
    }
    List<Weight> codeWeights = new ArrayList<>();
    for (int i = 0; i < codes.size(); i++) {
      codeWeights.add(new Weight(codes.get(i), whole - logits[1 + visitIds.size() + i][label]));
    }
    Comparator<Weight> heaviest = Comparator.comparingDouble(w -> -Math.abs(w.weight()));
    visitWeights.sort(heaviest);
    codeWeights.sort(heaviest);
    return new Explanation(drug, visitWeights, codeWeights);
  }
}
