/** Immutable, versioned medical knowledge: trees of codes, drug facts, symptoms. */
@NullMarked
package org.medcue.knowledge;

import org.jspecify.annotations.NullMarked;
