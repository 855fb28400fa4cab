/** The EHRs that may call: who they are, what they may reach, how often they may ask. */
@NullMarked
package org.medcue.tenant;

import org.jspecify.annotations.NullMarked;
