package org.medcue.safety;

/** What a rule has to say about one drug. Whoever shows suggestions handles every kind. */
public sealed interface SafetyFinding permits AllergyFinding, DuplicateFinding, CouldNotCheck {}
