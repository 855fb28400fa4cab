/** The append-only trail of who did what: chained, signed, and checked from outside. */
@NullMarked
package org.medcue.audit;

import org.jspecify.annotations.NullMarked;
