package org.medcue.training.evaluation;

/**
 * The {@code evaluation.json} of a version.
 *
 * @param validation on the patients by whom epoch, temperature and threshold were chosen
 * @param test on those by whom nothing was chosen
 */
public record ModelEvaluation(EvaluationReport validation, EvaluationReport test) {}
