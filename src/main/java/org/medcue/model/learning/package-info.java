/** How networks are trained, calibrated and kept, whatever they read. */
@NullMarked
package org.medcue.model.learning;

import org.jspecify.annotations.NullMarked;
