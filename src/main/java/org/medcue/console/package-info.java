/** Pages for people. */
@NullMarked
package org.medcue.console;

import org.jspecify.annotations.NullMarked;
