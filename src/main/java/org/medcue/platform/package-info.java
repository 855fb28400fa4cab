/** Clock, configuration, health and error bodies. */
@NullMarked
package org.medcue.platform;

import org.jspecify.annotations.NullMarked;
