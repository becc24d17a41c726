/** Where credentials come from. */
@NullMarked
package io.respoke.core.auth;

import org.jspecify.annotations.NullMarked;
