/** The administration client. */
@NullMarked
package io.respoke.core.admin;

import org.jspecify.annotations.NullMarked;
