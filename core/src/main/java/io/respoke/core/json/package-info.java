/** Java objects as JSON, and back. */
@NullMarked
package io.respoke.core.json;

import org.jspecify.annotations.NullMarked;
