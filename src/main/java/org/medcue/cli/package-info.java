/** Commands: serve, train, evaluate. */
@NullMarked
package org.medcue.cli;

import org.jspecify.annotations.NullMarked;
