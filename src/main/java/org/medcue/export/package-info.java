/** What leaves Medcue: exports, erasures, and what has expired. */
@NullMarked
package org.medcue.export;

import org.jspecify.annotations.NullMarked;
