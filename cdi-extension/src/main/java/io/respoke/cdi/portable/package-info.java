/** The extension for CDI Full. */
@NullMarked
package io.respoke.cdi.portable;

import org.jspecify.annotations.NullMarked;
