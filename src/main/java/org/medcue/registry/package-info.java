/** Model versions on disk: manifest, digests, verification. */
@NullMarked
package org.medcue.registry;

import org.jspecify.annotations.NullMarked;
