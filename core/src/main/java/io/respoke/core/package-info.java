/** The engine's entry: finds plug-ins and makes clients. */
@NullMarked
package io.respoke.core;

import org.jspecify.annotations.NullMarked;
