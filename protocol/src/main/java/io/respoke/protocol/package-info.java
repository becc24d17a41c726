/**
 * The Respoke wire format as immutable values and pure codecs, shared by client and service.
 *
 * <p>Three layers, each knowing only the one below: {@link io.respoke.protocol.Frame} and {@link
 * io.respoke.protocol.FrameCodec} are Socket.IO 0.9; {@link io.respoke.protocol.ApiRequest} and
 * {@link io.respoke.protocol.ApiResponse} are the REST-over-socket convention of Sails 0.10; {@link
 * io.respoke.protocol.ServerEvent} is what the service pushes; {@link io.respoke.protocol.Signal}
 * is what calls are made of. Nothing here does I/O, starts a thread or reads a clock, so every
 * class is safe for concurrent use.
 */
@NullMarked
package io.respoke.protocol;

import org.jspecify.annotations.NullMarked;
