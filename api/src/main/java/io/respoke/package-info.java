/**
 * The Respoke client for the JVM, as an application sees it.
 *
 * <p>{@link io.respoke.Respoke} makes a {@link io.respoke.Client}; a client {@linkplain
 * io.respoke.Client#connect() connects} to a service as one endpoint, sends messages, lives in
 * {@linkplain io.respoke.Group groups}, announces and observes presence, and reports what happens
 * as {@linkplain io.respoke.event.RespokeEvent events}. {@link io.respoke.Admin} is the server-side
 * half: it mints tokens for an application's own users and administers apps and roles.
 *
 * <p><b>Threads.</b> Every method is safe to call from any thread and none of them blocks, unless
 * its documentation says so. What takes time returns a {@link
 * java.util.concurrent.CompletionStage}, completed on the client's callback executor. Listeners run
 * on the callback executor, in order per source (the client, one endpoint, one group), with no lock
 * held; every method, {@link io.respoke.Client#close()} included, may be called inside a listener.
 *
 * <p><b>Errors.</b> Misuse (a null, an empty id, an impossible setting) throws at once; everything
 * else fails the returned stage with a {@link io.respoke.RespokeException}.
 *
 * <p><b>Nulls</b> are not accepted or returned unless marked {@code @Nullable}.
 */
@NullMarked
package io.respoke;

import org.jspecify.annotations.NullMarked;
