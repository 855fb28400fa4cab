/** What doctors made of the recommendations. */
@NullMarked
package org.medcue.feedback;

import org.jspecify.annotations.NullMarked;
