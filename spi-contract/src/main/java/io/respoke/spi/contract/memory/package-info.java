/**
 * A transport without a network, for tests that want to say what the service does, line by line.
 */
@NullMarked
package io.respoke.spi.contract.memory;

import org.jspecify.annotations.NullMarked;
