package org.medcue.model.visits;

/**
 * A visit as tokens. Each set starts with its field's [CLS].
 *
 * @param diagnoses tokens and roles of the diagnoses
 * @param symptoms tokens and roles of the symptoms
 * @param drugs tokens of the drugs, without roles
 * @param labels output indices of the drugs that are in the label space
 * @param hasDrugs whether anything was ordered, known or not
 */
public record EncodedVisit(
    TokenSet diagnoses, TokenSet symptoms, TokenSet drugs, int[] labels, boolean hasDrugs) {}
