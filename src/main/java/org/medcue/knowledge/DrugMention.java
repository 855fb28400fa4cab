package org.medcue.knowledge;

/**
 * A drug named in a text.
 *
 * @param start the first character of the name
 * @param end behind its last character
 * @param drug which drug
 */
public record DrugMention(int start, int end, DialogueDrug drug) {}
