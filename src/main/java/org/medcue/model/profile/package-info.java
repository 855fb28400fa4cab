/** What a version saw in training, to tell when it is asked about something else. */
@NullMarked
package org.medcue.model.profile;

import org.jspecify.annotations.NullMarked;
