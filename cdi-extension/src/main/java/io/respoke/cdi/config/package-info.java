/** Settings of clients from properties. */
@NullMarked
package io.respoke.cdi.config;

import org.jspecify.annotations.NullMarked;
