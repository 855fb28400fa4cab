package org.medcue.safety;

import org.medcue.clinical.Drug;

/**
 * The patient gets an ingredient of the drug already, under another product.
 *
 * @param drug the drug checked
 * @param ingredient key of the ingredient that both contain, as the drug tree gives it
 * @param other the other product
 * @param drafted whether the other product is among the draft orders; otherwise it is taken already
 */
public record DuplicateFinding(Drug drug, String ingredient, Drug other, boolean drafted)
    implements SafetyFinding {}
