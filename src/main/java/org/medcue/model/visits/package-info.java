/** What every network over visits shares: vocabulary, encoding, batches, training, scoring. */
@NullMarked
package org.medcue.model.visits;

import org.jspecify.annotations.NullMarked;
