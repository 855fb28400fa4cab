/** Predictors: plain records in, plain records out. */
@NullMarked
package org.medcue.model;

import org.jspecify.annotations.NullMarked;
