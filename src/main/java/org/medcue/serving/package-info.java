/** Loaded models, ready to predict. */
@NullMarked
package org.medcue.serving;

import org.jspecify.annotations.NullMarked;
