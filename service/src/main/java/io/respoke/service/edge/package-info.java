/**
 * Where the service meets the network: HTTP, the Socket.IO 0.9 handshake and WebSockets on Vert.x.
 * Everything here runs on one event loop.
 */
@NullMarked
package io.respoke.service.edge;

import org.jspecify.annotations.NullMarked;
