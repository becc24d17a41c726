/** The self-hosted service as a program: its arguments and its properties file. */
@NullMarked
package io.respoke.server;

import org.jspecify.annotations.NullMarked;
