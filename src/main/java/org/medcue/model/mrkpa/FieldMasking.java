package org.medcue.model.mrkpa;

import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.medcue.model.visits.EncodedVisit;
import org.medcue.model.visits.Vocabulary;

/**
 * Masking for the Mask EMR Field task: 15 % of a visit's codes are chosen; of these 80 % become
 * [MASK], 10 % another code of the same field, and 10 % stay.
 */
final class FieldMasking {

  static final double CHOSEN = 0.15;
  static final double MASKED = 0.8;
  static final double REPLACED = 0.1;

  private final FieldCodes diagnoses;
  private final FieldCodes drugs;
  private final FieldCodes symptoms;
  private final Random random;

  FieldMasking(FieldCodes diagnoses, FieldCodes drugs, FieldCodes symptoms, Random random) {
    this.diagnoses = diagnoses;
    this.drugs = drugs;
    this.symptoms = symptoms;
    this.random = random;
  }

  /** The visit with some codes masked; its labels are left out, since nothing may read them. */
  EncodedVisit mask(EncodedVisit visit) {
    return new EncodedVisit(
        visit.diagnoses().replacing(masking(diagnoses)),
        visit.symptoms().replacing(masking(symptoms)),
        visit.drugs().replacing(masking(drugs)),
        new int[0],
        visit.hasDrugs());
  }

  private IntUnaryOperator masking(FieldCodes field) {
    return token -> {
      if (random.nextDouble() >= CHOSEN) {
        return token;
      }
      double how = random.nextDouble();
      if (how < MASKED) {
        return Vocabulary.MASK;
      }
      return how < MASKED + REPLACED ? field.anyToken(random) : token;
    };
  }
}
