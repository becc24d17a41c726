/** The pages of the service's console. */
@NullMarked
package io.respoke.console;

import org.jspecify.annotations.NullMarked;
