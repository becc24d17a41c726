/** The extension for CDI Lite. */
@NullMarked
package io.respoke.cdi.compatible;

import org.jspecify.annotations.NullMarked;
