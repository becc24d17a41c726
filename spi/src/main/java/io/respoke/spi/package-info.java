/**
 * The service provider interfaces.
 *
 * <p>A plug-in implements one of {@link io.respoke.spi.TransportProvider}, {@link
 * io.respoke.spi.TokenProviderFactory}, {@link io.respoke.spi.MediaBackendProvider} or {@link
 * io.respoke.spi.TelemetryProvider}, and is found by {@link java.util.ServiceLoader} (a file in
 * {@code META-INF/services}, a {@code provides} clause, or both) or given to the options as an
 * instance. It is <b>verified</b> by the contract tests of {@code respoke-spi-contract}: implement
 * the interface of the kind in a test class and run it.
 *
 * <p>Which one is used: an instance given in the options, else the one whose name is given, else
 * the available one with the highest {@linkplain io.respoke.Plugin#priority() priority}. None, or
 * two of equal priority, is an error that says what to do. They are looked for with the class
 * loader of the options, the context class loader at the client's creation, and the library's own,
 * in this order.
 */
@NullMarked
package io.respoke.spi;

import org.jspecify.annotations.NullMarked;
