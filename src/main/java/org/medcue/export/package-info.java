/** What auditors take away with them. */
@NullMarked
package org.medcue.export;

import org.jspecify.annotations.NullMarked;
