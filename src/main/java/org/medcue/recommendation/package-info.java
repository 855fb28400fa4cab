/** From evidence to a logged recommendation. */
@NullMarked
package org.medcue.recommendation;

import org.jspecify.annotations.NullMarked;
