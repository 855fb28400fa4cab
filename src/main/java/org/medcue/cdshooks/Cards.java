package org.medcue.cdshooks;

import java.util.List;

/** The answer to a hook call; without cards the array stays, empty. */
public record Cards(List<Card> cards) {}
