/** FHIR R4 and nothing else: reads charts and cohorts into records, writes order resources. */
@NullMarked
package org.medcue.fhir;

import org.jspecify.annotations.NullMarked;
