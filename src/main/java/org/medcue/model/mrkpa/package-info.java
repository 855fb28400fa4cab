/** The MR-KPA network over visits. */
@NullMarked
package org.medcue.model.mrkpa;

import org.jspecify.annotations.NullMarked;
