package org.medcue.cdshooks;

/** A reason that a doctor may choose for rejecting a card: all three parts are required. */
public record Coding(String code, String system, String display) {}
