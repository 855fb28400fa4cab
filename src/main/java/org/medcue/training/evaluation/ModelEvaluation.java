package org.medcue.training.evaluation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * The {@code evaluation.json} of a version: the report on validation patients, by which epoch and
 * threshold were chosen, and beneath it the one on test patients, which nothing was chosen by.
 */
public record ModelEvaluation(@JsonUnwrapped EvaluationReport validation, EvaluationReport test) {}
