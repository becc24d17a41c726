/** A token provider plug-in, as an example. */
@NullMarked
package io.respoke.examples.customtokenprovider;

import org.jspecify.annotations.NullMarked;
