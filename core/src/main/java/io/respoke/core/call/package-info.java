/**
 * Calls and direct connections: the machine that decides, the driver that acts, the objects an
 * application sees, and the registry that brings signals to them.
 */
@NullMarked
package io.respoke.core.call;

import org.jspecify.annotations.NullMarked;
