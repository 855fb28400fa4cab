package org.medcue.clinical;

import java.util.Optional;

/**
 * An allergy or intolerance that the chart states.
 *
 * @param substance the RxNorm code of the substance, an ingredient or a drug, where it has one
 * @param text the words of the chart, shown to the doctor only
 */
public record Allergy(Optional<DrugCode> substance, String text) {}
