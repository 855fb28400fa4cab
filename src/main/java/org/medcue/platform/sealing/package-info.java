/**
 * Content at rest: sealed by AES-256-GCM under a data key of its own, which a configured key wraps.
 */
@NullMarked
package org.medcue.platform.sealing;

import org.jspecify.annotations.NullMarked;
