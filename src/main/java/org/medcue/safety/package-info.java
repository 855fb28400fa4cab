/** Pure rules over suggested drugs, independent of the model's scores. */
@NullMarked
package org.medcue.safety;

import org.jspecify.annotations.NullMarked;
