/** The domain as plain records: what a visit is, before any FHIR and after all of it. */
@NullMarked
package org.medcue.clinical;

import org.jspecify.annotations.NullMarked;
