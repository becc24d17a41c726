/**
 * What the service knows: plain single-threaded objects. Nothing here has a thread, a clock, a
 * socket or a logger; the time is an argument. All of it is used on one event loop only.
 */
@NullMarked
package io.respoke.service.state;

import org.jspecify.annotations.NullMarked;
