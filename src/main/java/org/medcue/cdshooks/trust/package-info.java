/** Which EHR calls: its JWT (CDS Hooks 2.0, Trusting CDS Clients), its origin and its limits. */
@NullMarked
package org.medcue.cdshooks.trust;

import org.jspecify.annotations.NullMarked;
