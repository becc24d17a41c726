/**
 * What the service does: one handler for each route, the same for HTTP and for socket requests, and
 * the events that follow. Runs on one event loop, touches no socket.
 */
@NullMarked
package io.respoke.service.routes;

import org.jspecify.annotations.NullMarked;
