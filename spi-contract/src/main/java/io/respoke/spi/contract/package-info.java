/**
 * The contracts of the SPI as tests. The author of a plug-in implements the interface of its kind
 * in a test class and inherits the tests:
 *
 * <pre>{@code
 * class MyTransportTest implements WebSocketTransportContract {
 *   @Override
 *   public TransportProvider transportProvider() {
 *     return new MyTransportProvider();
 *   }
 * }
 * }</pre>
 */
@NullMarked
package io.respoke.spi.contract;

import org.jspecify.annotations.NullMarked;
