/** Clients, their events and their lifecycle in a running container. */
@NullMarked
package io.respoke.cdi.runtime;

import org.jspecify.annotations.NullMarked;
