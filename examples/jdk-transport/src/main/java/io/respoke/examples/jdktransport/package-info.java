/** A transport on {@code java.net.http}, as an example of a plug-in. */
@NullMarked
package io.respoke.examples.jdktransport;

import org.jspecify.annotations.NullMarked;
