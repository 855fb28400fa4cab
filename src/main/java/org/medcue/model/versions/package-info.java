/** From a version's folder to a predictor that is known to answer as it did where it was made. */
@NullMarked
package org.medcue.model.versions;

import org.jspecify.annotations.NullMarked;
