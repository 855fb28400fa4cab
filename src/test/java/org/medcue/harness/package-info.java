/** What tests of the running service share: a database, a model that says what it is told. */
@NullMarked
package org.medcue.harness;

import org.jspecify.annotations.NullMarked;
