/** What every CDI container must show of the extension, as tests to run in each. */
@NullMarked
package io.respoke.cdi.suite;

import org.jspecify.annotations.NullMarked;
