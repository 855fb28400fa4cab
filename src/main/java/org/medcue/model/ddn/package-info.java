/**
 * DDN: drugs from the dialogue of doctor and patient, by a pre-trained encoder, attention over the
 * graph of the dialogue, and attention over what is known of the disease.
 */
@NullMarked
package org.medcue.model.ddn;

import org.jspecify.annotations.NullMarked;
