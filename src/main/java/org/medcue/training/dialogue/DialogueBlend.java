package org.medcue.training.dialogue;

/**
 * Two systems of the comparison as one: the mean of their logits, fold by fold.
 *
 * @param key names it in tables
 * @param title for people
 * @param network key of the one
 * @param other key of the other
 * @param share of the network
 */
record DialogueBlend(String key, String title, String network, String other, double share) {}
