/** The CDS Hooks wire: discovery, services, cards, feedback. */
@NullMarked
package org.medcue.cdshooks;

import org.jspecify.annotations.NullMarked;
