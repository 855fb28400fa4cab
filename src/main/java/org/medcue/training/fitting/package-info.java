/** How an MR-KPA version is trained: recipe, phases, checkpoints, model card. */
@NullMarked
package org.medcue.training.fitting;

import org.jspecify.annotations.NullMarked;
