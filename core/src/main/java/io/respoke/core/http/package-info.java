/** The few plain HTTP requests of the protocol. */
@NullMarked
package io.respoke.core.http;

import org.jspecify.annotations.NullMarked;
