/** Blocks that networks are built of: attention, graph attention, encoder. */
@NullMarked
package org.medcue.model.nn;

import org.jspecify.annotations.NullMarked;
