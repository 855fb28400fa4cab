/** Dialogues with known drugs: files, what may be read of them, folds, scores, corpus builder. */
@NullMarked
package org.medcue.training.dialogue;

import org.jspecify.annotations.NullMarked;
